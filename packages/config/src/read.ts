import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with the configuration: every faulty variable at once, and never a value. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used: ${faults.join('; ')}.`);
    this.faults = faults;
  }
}

/** Secrets that documents show; they guard nothing. */
const shownSecret = /^(demo-|change-me|example|secret$)/i;

const port = z.coerce.number().int().min(1).max(65_535);
const count = z.coerce.number().int().min(1).max(10_000);
const database = z.url({ protocol: /^postgres(ql)?$/, hostname: /.*/, error: 'must be a postgresql:// URL' });
const web = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
  .transform((url) => url.replace(/\/$/, ''));
const secret = z.string().refine((text) => Buffer.byteLength(text) >= 32, 'must have at least 32 bytes');
const mode = z.enum(['demo', 'production']);

/** A drill: which point, at the how many-th time it is passed, and what happens there. */
export interface FailpointSetting {
  name: string;
  nth: number;
  action: 'kill' | 'throw' | 'sleep';
}

function failpointOf(text: string): FailpointSetting {
  const [name = '', nth, action] = text.split(':');
  return { name, nth: Number(nth), action: action === 'throw' || action === 'sleep' ? action : 'kill' };
}

/** The forms that settings take, by their kind. */
export const forms = {
  port,
  count,
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
  throttleStore: z.enum(['process', 'postgres']),
  failpoint: z
    .string()
    .regex(/^[a-z_]{1,40}:[1-9][0-9]{0,5}:(?:kill|throw|sleep)$/, 'must be name:count:kill, throw or sleep')
    .transform(failpointOf),
  list: z.string().transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
};

type Shape = Record<string, z.ZodType>;
type DemoOnly = Readonly<Record<string, string | true>>;

/**
 * Reads variables by their forms; an empty variable counts as not set. In production it refuses shown secrets and
 * whatever `demoOnly` names: one value, or with `true` any. Throws one ConfigFault for all of them.
 */
export function readSettings<S extends Shape>(
  env: Environment,
  shape: S,
  demoOnly: DemoOnly = {},
): z.infer<z.ZodObject<S>> {
  const given = Object.fromEntries(
    Object.keys(shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const parsed = z.object(shape).safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => faultOf(issue, given));
  if ((env['MODE'] || 'production') === 'production') faults.push(...productionFaults(given, demoOnly));
  if (!parsed.success || faults.length > 0) throw new ConfigFault([...new Set(faults)]);
  return parsed.data;
}

function faultOf(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0]);
  if (!(name in given)) return `${name} is not set`;
  const texts: Partial<Record<string, string>> = {
    invalid_value: `must be one of ${'values' in issue && Array.isArray(issue.values) ? issue.values.join(', ') : ''}`,
    invalid_type: 'must be a number',
    too_small: 'is too small',
    too_big: 'is too large',
  };
  return `${name} ${texts[issue.code] ?? issue.message}`;
}

function productionFaults(given: Record<string, unknown>, demoOnly: DemoOnly): string[] {
  const shown = Object.entries(given)
    .filter(([name, value]) => /SECRET|PEPPER/.test(name) && shownSecret.test(String(value)))
    .map(([name]) => `${name} is a secret that documents show, which production refuses`);
  const refused = Object.entries(demoOnly)
    .filter(([name, value]) => (value === true ? name in given : given[name] === value))
    .map(
      ([name, value]) =>
        `${value === true ? name : `${name}=${value}`} is for demos, which production refuses`,
    );
  return [...shown, ...refused];
}
