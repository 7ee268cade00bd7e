import { png } from '@tenantry/files/proof.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { type DatabaseProxy, openDatabaseProxy } from '../../database-proxy.ts';
import { openTestDatabase } from '../../database.ts';
import { checkOutcomes } from '../../fault-test/check.ts';
import { credentialFor } from '../../callers.ts';
import { openClients } from '../../fault-test/accounts.ts';
import { type World, openWorld } from '../../fixture.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { callProcedure, procedures, transports, verdictOf } from '../../procedures.ts';
import { rightInputs } from '../../right-inputs.ts';
import { insertServiceKey } from '../../service-keys.ts';
import { signInStaff } from '../../users.ts';

/** The longest that any call may take beside a frozen database: a wait for a connection, and a connection that is silent. */
const boundMilliseconds = 12_500;
const seed = Math.floor(Math.random() * 1e9);

let proxy: DatabaseProxy;
let app: TestApp;
let world: World;
let staff: string;
let service: string;
beforeAll(async () => {
  proxy = await openDatabaseProxy(await openTestDatabase());
  app = await openTestApp({}, proxy.database);
  world = await openWorld(app, 'World');
  staff = await signInStaff(app, 'platform_admin');
  service = (await insertServiceKey(app)).secret;
});
afterAll(async () => {
  proxy.thaw();
  await app.close();
  await proxy.close();
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Timed {
  label: string;
  answer: Answer;
  milliseconds: number;
}

async function timed(label: string, call: () => Promise<Answer>): Promise<Timed> {
  const began = performance.now();
  const answer = await call();
  return { label, answer, milliseconds: performance.now() - began };
}

/** What is answered without the database: e-mails begin after the answer, and the cache knows roles and credentials. */
const withoutDatabase: Readonly<Record<string, string>> = {
  'api passwordReset.create': 'ok',
  'api platform.metrics': '403 role_forbids',
  'api testClock.move': '403 role_forbids',
  'api credential.get': 'ok',
};

/** The headers of a stream over tRPC are sent before its first call is answered. */
function namesTheWait(label: string, { headers, body }: Answer): boolean {
  const isLateStream = label === 'api operation.stream by trpc';
  return body.retryAfterSeconds === 1 && (isLateStream || headers.get('retry-after') === '1');
}

/** One call of every procedure of both apps over both transports, with an Idempotency-Key where a mutation takes one. */
function everyCall(): Promise<Timed>[] {
  return (['api', 'admin'] as const).flatMap((appName) =>
    [...procedures[appName].values()].flatMap(({ name, type, meta }) =>
      transports.map((transport) => {
        const caller = appName === 'admin' ? app.admin : app;
        const credentials = { staff, service, owner: world.owner.token };
        const headers = {
          authorization: `Bearer ${credentialFor(appName, meta, credentials)}`,
          ...(type === 'mutation' ? { 'idempotency-key': `${transport} ${name}`.replace(' ', '-') } : {}),
        };
        const input = rightInputs(appName, name, world);
        return timed(`${appName} ${name} by ${transport}`, () =>
          callProcedure(caller, transport, { app: appName, name, input, headers }),
        );
      }),
    ),
  );
}

async function upload(): Promise<Answer> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(png())]), 'proof.png');
  const response = await fetch(`${app.url}/v1/payments/${world.ids.paymentId}/proofs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.owner.token}` },
    body: form,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(await response.text()),
  };
}

async function ready(): Promise<void> {
  for (const caller of [app, app.admin])
    await expect
      .poll(async () => (await caller.rest('GET', '/health/ready')).status, { timeout: 20_000 })
      .toBe(200);
}

describe('a database that stops to answer', () => {
  it('makes every procedure of both apps answer 503 within the bound, and none waits for it to come back (M8)', async () => {
    await ready();
    proxy.freeze();
    const calls = [...everyCall(), timed('the upload of a proof', upload)];
    const live = await Promise.all([app, app.admin].map((caller) => caller.rest('GET', '/health/live')));
    expect(live.map(({ status }) => status)).toEqual([200, 200]);
    const probes = await Promise.all(
      [app, app.admin].map((caller) => timed('readiness', () => caller.rest('GET', '/health/ready'))),
    );
    expect(probes.map(({ answer }) => [answer.status, answer.headers.get('retry-after')])).toEqual([
      [503, '1'],
      [503, '1'],
    ]);
    expect(Math.max(...probes.map(({ milliseconds }) => milliseconds))).toBeLessThan(4000);
    const answers = await Promise.all(calls);
    const wrong = answers.filter(
      ({ label, answer, milliseconds }) =>
        verdictOf(answer) !== (withoutDatabase[label.split(' by ')[0] ?? ''] ?? '503 unavailable') ||
        (answer.status === 503 && !namesTheWait(label, answer)) ||
        milliseconds > boundMilliseconds,
    );
    const lines = wrong.map(({ label, answer, milliseconds }) => [label, verdictOf(answer), milliseconds]);
    expect(lines).toEqual([]);
    const slowest = Math.max(...answers.map(({ milliseconds }) => milliseconds));
    console.log(
      `frozen database: ${answers.length} calls, the slowest answered after ${Math.round(slowest)} ms`,
    );
    proxy.thaw();
    await ready();
    const reads = await Promise.all(
      Array.from({ length: 40 }, () => app.rest('GET', '/v1/credits', { bearer: world.owner.token })),
    );
    expect(new Set(reads.map(verdictOf))).toEqual(new Set(['ok']));
    const written = await Promise.all(
      Array.from({ length: 20 }, () =>
        app.rest('POST', '/v1/credits/holds', { body: { amount: 1 }, bearer: world.owner.token }),
      ),
    );
    expect(new Set(written.map(verdictOf))).toEqual(new Set(['ok']));
    // A person's call under a key that was answered 503 can be repeated once its claim is over, after a minute at most.
    app.passSeconds(61);
    const again = await app.rest('POST', '/v1/email-verifications', {
      body: {},
      bearer: world.owner.token,
      headers: { 'idempotency-key': 'rest-emailVerification.create' },
    });
    expect(verdictOf(again)).toBe('ok');
    const listed = await app.admin.rest('GET', '/v1/accounts', { bearer: staff });
    expect(verdictOf(listed)).toBe('ok');
  }, 90_000);

  it('loses nothing that was acknowledged, and lets every other write be repeated with its key', async () => {
    const { tenants, clients } = await openClients(app, 12, seed);
    let isOver = false;
    const working = clients.map(async (client) => {
      while (!isOver) {
        await client.work(app, () => isOver);
        await pause(50);
      }
    });
    for (let round = 0; round < 2; round += 1) {
      await pause(1500);
      proxy.freeze();
      await pause(9000);
      proxy.thaw();
      await ready();
    }
    isOver = true;
    await Promise.all(working);
    for (const client of clients) await client.retry(app);
    const log = clients.flatMap((client) => client.log);
    const unknown = log.filter(({ outcome, key }) => outcome === 'unknown' && key !== undefined);
    expect(unknown).toEqual([]);
    expect(log.filter(({ attempts }) => attempts > 1).length).toBeGreaterThan(0);
    const found = await checkOutcomes(app.database, log, app.provider.prompts());
    expect(found).toEqual({ lost: [], doubled: [], strange: [] });
    for (const { accountId } of tenants) expect(await faultsOfBooks(app.database, accountId)).toEqual([]);
    const inFlight = log.filter(({ outcome }) => outcome === 'in_flight');
    console.log(`frozen twice: ${log.length} calls, ${inFlight.length} in flight; seed ${seed}`);
  }, 120_000);
});
