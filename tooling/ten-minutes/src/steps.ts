import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openChromium } from '@tenantry/browser/chromium';
import { inPage } from '@tenantry/browser/page';
import { commandWith, sampleWith, withInstead } from './page.ts';
import { runInShell } from './place.ts';
import { type PlayedStep, type Step, playSteps } from './play.ts';
import { type Visit, openVisit, settingsOf } from './visit.ts';

const lastLine = (text: string) => text.split('\n').at(-1) ?? '';
const apiOnPage = 'http://127.0.0.1:4000';
const productOnPage = 'http://127.0.0.1:3000';

/** Writes a file of the page that calls the demo. */
async function writeProgram({ place, apiUrl }: Visit, name: string, part: string): Promise<void> {
  const program = withInstead(sampleWith('ts', part), { [apiOnPage]: apiUrl });
  await writeFile(join(place.product, name), program);
}

/** Runs a command of `tenantry` that stands on the page, for this demo. */
function runTenantry(visit: Visit, part: string, instead: Record<string, string> = {}): Promise<string> {
  const settings = { '.tenantry/data/settings.env': settingsOf(visit) };
  return runInShell(withInstead(commandWith(part), { ...settings, ...instead }), visit.place.clone);
}

async function applyCatalogue(visit: Visit): Promise<string> {
  const file = join(visit.place.product, 'my-catalogue.yaml');
  await writeFile(file, sampleWith('yaml', 'catalogue: 1'));
  return lastLine(await runTenantry(visit, 'catalogue apply', { 'my-catalogue.yaml': file }));
}

async function makeServiceKey(visit: Visit): Promise<string> {
  const printed = await runTenantry(visit, 'service-key create');
  visit.serviceKey = /tns_live_\w+/.exec(printed)?.[0] ?? '';
  return printed.split('\n')[0] ?? '';
}

const buildClient = async ({ place }: Visit) =>
  lastLine(await runInShell(commandWith('build:client'), place.clone));

const beginProduct = async ({ place }: Visit) =>
  lastLine(await runInShell(sampleWith('sh', 'npm init'), place.product));

/** Calls the handler as Next.js does: a function of a module, with a Request. */
async function callInNext(visit: Visit): Promise<string> {
  const program = `
    const { POST } = await import('./reports.ts');
    const headers = { authorization: 'Bearer ${visit.customerKey}' };
    const answer = await POST(new Request('http://product.test/reports', { method: 'POST', headers }));
    console.log(answer.status, await answer.text());`;
  const command = `TENANTRY_SERVICE_KEY=${visit.serviceKey} node --input-type=module --eval "${program}"`;
  return runInShell(command, visit.place.product);
}

async function startHono(visit: Visit): Promise<string> {
  const { place, productPort, serviceKey } = visit;
  await writeProgram(visit, 'reports.ts', 'export async function POST');
  const program = withInstead(sampleWith('ts', 'new Hono'), { 'port: 3000': `port: ${productPort}` });
  await writeFile(join(place.product, 'server.ts'), program);
  await visit.startProduct(withInstead(commandWith('node server.ts'), { 'tns_live_…': serviceKey }));
  return `It listens on ${productPort}.`;
}

async function meetCustomer(visit: Visit): Promise<string> {
  await writeProgram(visit, 'customer.ts', 'registration.create');
  const printed = await runInShell(commandWith('node customer.ts'), visit.place.product);
  visit.customerKey = /^tny_live_\w+$/.exec(printed)?.[0] ?? '';
  return printed;
}

const curls = () => sampleWith('sh', 'curl -i').trim().split('\n');

/** Runs a curl command of the page. Answers the status, Retry-After if there is one, and the body. */
async function callProduct({ place, productPort, customerKey }: Visit, line: number): Promise<string> {
  const command = curls()[line] ?? '';
  const key = command.includes('tny_live_…') ? { 'tny_live_…': customerKey } : {};
  const here = { [productOnPage]: `http://127.0.0.1:${productPort}`, ...key };
  const printed = await runInShell(withInstead(command, here).replace('curl', 'curl -s'), place.product);
  const [head = '', body = ''] = printed.split('\r\n\r\n');
  const status = /^HTTP\S+ (\d+)/.exec(head)?.[1] ?? '';
  const wait = /^retry-after: (\d+)/im.exec(head)?.[1];
  return [status, ...(wait === undefined ? [] : [`Retry-After ${wait} s`]), summaryOf(body)].join(' ');
}

/** What a person reads first of an answer: a problem's code and figures, or the text. */
function summaryOf(body: string): string {
  if (!body.startsWith('{')) return body;
  const { code, required, available }: { code: string; required?: number; available?: number } =
    JSON.parse(body);
  return required === undefined ? code : `${code} (required ${required}, available ${available})`;
}

/** Calls until the status is another one, at most twenty times. Answers the first of the other ones. */
async function callWhile(visit: Visit, status: string): Promise<string> {
  for (let calls = 0; calls < 20; calls += 1) {
    const shown = await callProduct(visit, 0);
    if (!shown.startsWith(status)) return shown;
  }
  return `twenty times ${status}`;
}

/** A person of the customer signs in from a page with the functions of docs/browsers.md, and reads the credits. */
async function lookInBrowser({ apiUrl, pageOrigin }: Visit): Promise<string> {
  const [, email = '', password = ''] =
    /email: '(.+?)', password: '(.+?)'/.exec(sampleWith('ts', 'registration.create')) ?? [];
  const chromium = await openChromium(process.env);
  const program = `
    await signInWithCookie('${apiUrl}', '${email}', '${password}');
    const { available, spent } = await callWithCookie('${apiUrl}', 'GET', '/v1/credits');
    return available + ' credits are left, ' + spent + ' are spent.';`;
  try {
    return String(await inPage(chromium, pageOrigin, program));
  } finally {
    await chromium.close();
  }
}

const startDemo = async (visit: Visit) => /Tenantry is ready\./.exec(await visit.startDemo())?.[0] ?? '';

/** The README's ten minutes in order, each with what the page promises. */
const steps: readonly Step<Visit>[] = [
  { name: 'Start the demo', play: startDemo, expected: /^Tenantry is ready\.$/ },
  { name: 'Apply my-catalogue.yaml', play: applyCatalogue, expected: /^\d+ changed\.$/ },
  { name: 'Make a service key', play: makeServiceKey, expected: /^Service key +tns_live_\w+$/ },
  { name: 'Build the client', play: buildClient, expected: /^packed: .+\.tgz$/ },
  { name: 'Begin a product in an empty folder', play: beginProduct, expected: /^added \d+ packages/ },
  { name: 'Serve the handlers with Hono', play: startHono, expected: /^It listens on \d+\.$/ },
  { name: 'Register a customer, who makes a key', play: meetCustomer, expected: /^tny_live_\w+$/ },
  { name: 'A report, by a handler as in Next.js', play: callInNext, expected: /^200 A report for Acme\.$/ },
  {
    name: 'A report, by Hono',
    play: (visit) => callProduct(visit, 0),
    expected: /^200 A report for Acme\.$/,
  },
  { name: 'The download', play: (visit) => callProduct(visit, 1), expected: /^402 plan_lacks_feature$/ },
  {
    name: 'A report without a key',
    play: (visit) => callProduct(visit, 2),
    expected: /^401 unauthenticated$/,
  },
  {
    name: 'Reports until the credits are spent',
    play: (visit) => callWhile(visit, '200'),
    expected: /^402 insufficient_credits \(required 40, available 10\)$/,
  },
  {
    name: 'Reports until the rate is reached',
    play: (visit) => callWhile(visit, '402'),
    expected: /^429 Retry-After [1-9]\d* s throttled$/,
  },
  {
    name: 'The credits in a browser',
    play: lookInBrowser,
    expected: /^10 credits are left, 90 are spent\.$/,
  },
];

/**
 * Plays the README's ten minutes as a new user, outside the workspace, with the commands and files that stand on the page.
 * Ends what it started and removes its folders.
 */
export async function playTenMinutes(tell: (step: PlayedStep) => void): Promise<PlayedStep[]> {
  const visit = await openVisit();
  try {
    return await playSteps(steps, visit, tell);
  } finally {
    await visit.end();
  }
}
