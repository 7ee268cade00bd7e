import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The faults of a configuration. It names every faulty variable at once and shows no value. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used: ${faults.join('; ')}.`);
    this.faults = faults;
  }
}

/** Secrets that documents show, so that they are not secret. */
const shownSecret = /^(demo-|change-me|example|secret$)/i;

const port = z.coerce.number().int().min(1).max(65_535);
const count = z.coerce.number().int().min(1).max(10_000);
/** The most seconds that one call of the provider may be given. Node's HTTP client waits 300 for an answer. */
export const runDeadlineSecondsMax = 240;
/** The most days before its end that a period can be invoiced: a month has no fewer. */
const renewalInvoiceDaysMax = 27;
const renewalInvoiceDays = z.coerce.number().int().min(1).max(renewalInvoiceDaysMax);
const deadline = z.coerce.number().int().min(1).max(runDeadlineSecondsMax);
const database = z.url({ protocol: /^postgres(ql)?$/, hostname: /.*/, error: 'must be a postgresql:// URL' });
const web = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
  .transform((url) => url.replace(/\/$/, ''));
const secret = z.string().refine((text) => Buffer.byteLength(text) >= 32, 'must have at least 32 bytes');
const mode = z.enum(['demo', 'production']);

/** The failpoint of a fault test: its name, the pass at which it acts (from 1), and its action. */
export interface FailpointSetting {
  name: string;
  nth: number;
  action: 'kill' | 'throw' | 'sleep';
}

function failpointOf(text: string): FailpointSetting {
  const [name = '', nth, action] = text.split(':');
  return { name, nth: Number(nth), action: action === 'throw' || action === 'sleep' ? action : 'kill' };
}

function itemsOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** One key of several. Its id is stored with each text that it encrypted. */
export interface KeySetting {
  id: string;
  secret: string;
}

const keysForm = 'must be id:secret, with commas between keys and at least 32 characters in each secret';

/** The keys that a setting lists. An entry without `:` has an empty secret. */
function keysOf(text: string): KeySetting[] {
  return itemsOf(text).map((item) => {
    const [id = '', ...rest] = item.split(':');
    return { id, secret: rest.join(':') };
  });
}

const originsForm =
  'must be origins such as https://app.example.com, without a path, with commas between them';

/** Whether a text is the origin of a web page as a browser writes it; neither `*` nor `null` is one. */
function isOrigin(text: string): boolean {
  if (text.includes('*') || !URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  return /^https?:$/.test(protocol) && origin === text;
}

const amountsForm = 'must be amounts in minor units such as USD=100000,JPY=1000000, each currency once';

/** Amounts by their currency, as a setting lists them. A currency that stands twice makes the list faulty. */
function amountsOf(text: string): Record<string, number> | undefined {
  const amounts = new Map<string, number>();
  for (const item of itemsOf(text)) {
    const [, currency = '', digits = ''] = /^([A-Z]{3})=(\d{1,15})$/.exec(item) ?? [];
    if (currency === '' || amounts.has(currency)) return undefined;
    amounts.set(currency, Number(digits));
  }
  return Object.fromEntries(amounts);
}

/** The schema of each kind of setting. */
export const forms = {
  port,
  count,
  deadline,
  renewalInvoiceDays,
  database,
  web,
  secret,
  mode,
  text: z.string().min(1, 'must not be empty'),
  redis: z.url({
    protocol: /^rediss?$/,
    hostname: /.*/,
    error: 'must be a redis:// URL',
  }),
  smtp: z.url({
    protocol: /^smtps?$/,
    hostname: /.*/,
    error: 'must be an smtp:// URL',
  }),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  throttle: z.enum(['on', 'off']),
  bankTransfer: z.enum(['on', 'off']),
  /** A number of credits. */
  credits: z.coerce.number().int().min(0).max(1_000_000_000),
  throttleStore: z.enum(['process', 'postgres']),
  loopback: z.enum(['refuse', 'allow']),
  autoConfirm: z.enum(['off', 'exact']),
  keys: z
    .string()
    .transform(keysOf)
    .refine((keys) => keys.length > 0 && keys.every(({ id }) => /^[\w-]{1,32}$/.test(id)), keysForm)
    .refine((keys) => keys.every(({ secret: text }) => text.length >= 32), keysForm)
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'names a key twice'),
  failpoint: z
    .string()
    .regex(/^[a-z_]{1,40}:[1-9][0-9]{0,5}:(?:kill|throw|sleep)$/, 'must be name:count:kill, throw or sleep')
    .transform(failpointOf),
  amounts: z.string().transform((text, faults) => {
    const amounts = amountsOf(text);
    if (amounts !== undefined) return amounts;
    faults.addIssue({ code: 'custom', message: amountsForm });
    return z.NEVER;
  }),
  list: z.string().transform(itemsOf),
  origins: z
    .string()
    .transform(itemsOf)
    .refine((origins) => origins.every(isOrigin), originsForm),
};

type Shape = Record<string, z.ZodType>;
type DemoOnly = Readonly<Record<string, string | true>>;

/**
 * Reads variables by their schemas. An empty variable counts as not set. Production refuses secrets that documents show
 * and the settings of `demoOnly`: one value each, or any value for `true`. `reasons` explains why a setting must be set.
 * Throws one ConfigFault that names every fault.
 */
export function readSettings<S extends Shape>(
  env: Environment,
  shape: S,
  demoOnly: DemoOnly = {},
  reasons: Readonly<Record<string, string>> = {},
): z.infer<z.ZodObject<S>> {
  const given = Object.fromEntries(
    Object.keys(shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const parsed = z.object(shape).safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => faultOf(issue, given, reasons));
  faults.push(...sharedSecrets(given));
  if ((env['MODE'] || 'production') === 'production') faults.push(...productionFaults(given, demoOnly));
  if (!parsed.success || faults.length > 0) throw new ConfigFault([...new Set(faults)]);
  return parsed.data;
}

function faultOf(
  issue: z.core.$ZodIssue,
  given: Record<string, unknown>,
  reasons: Readonly<Record<string, string>>,
): string {
  const name = String(issue.path[0]);
  if (!(name in given)) return [`${name} is not set`, reasons[name] ?? []].flat().join(': ');
  const texts: Partial<Record<string, string>> = {
    invalid_value: `must be one of ${'values' in issue && Array.isArray(issue.values) ? issue.values.join(', ') : ''}`,
    invalid_type: 'must be a number',
    too_small: 'is too small',
    too_big: 'is too large',
  };
  return `${name} ${texts[issue.code] ?? issue.message}`;
}

/** The secrets of a setting: its value, or the secret of each key in its list. */
function secretsOf(name: string, value: unknown): string[] {
  if (name.endsWith('_KEYS')) return keysOf(String(value)).map((key) => key.secret);
  return /SECRET|PEPPER/.test(name) ? [String(value)] : [];
}

/** A key in a list must not equal the secret of another setting, because replacing one would replace the other. */
function sharedSecrets(given: Record<string, unknown>): string[] {
  const all = Object.entries(given).map(([name, value]) => ({ name, secrets: secretsOf(name, value) }));
  return all
    .filter(({ name }) => name.endsWith('_KEYS'))
    .flatMap((list) =>
      all
        .filter(
          (other) => other.name !== list.name && other.secrets.some((one) => list.secrets.includes(one)),
        )
        .map((other) => `${list.name} must differ from ${other.name}`),
    );
}

function productionFaults(given: Record<string, unknown>, demoOnly: DemoOnly): string[] {
  const shown = Object.entries(given)
    .filter(([name, value]) => secretsOf(name, value).some((text) => shownSecret.test(text)))
    .map(([name]) => `${name} is a secret that documents show, which production refuses`);
  const refused = Object.entries(demoOnly)
    .filter(([name, value]) => (value === true ? name in given : given[name] === value))
    .map(
      ([name, value]) =>
        `${value === true ? name : `${name}=${value}`} is for demos, which production refuses`,
    );
  return [...shown, ...refused];
}
