import { png } from '@tenantry/files/proof.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../caller.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, makeKey, registerOwner, signInCookie, signInStaff } from '../../users.ts';
import {
  type ProcedureCall,
  type Transport,
  callProcedure,
  sameBytes,
  transports,
  verdictOf,
} from '../../procedures.ts';

let app: TestApp;
let finance: string;
let administrator: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
  administrator = await signInStaff(app, 'platform_admin');
});
afterAll(() => app.close());

const credentials = ['session', 'jwt', 'key'] as const;
type Credential = (typeof credentials)[number];
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Headers of a credential that may spend in an owner's account. */
async function headersOf(credential: Credential, owner: Owner): Promise<Record<string, string>> {
  if (credential === 'jwt') return bearer(owner.token);
  if (credential === 'session') return signInCookie(app, owner);
  return bearer(
    await makeKey(app, owner, ['site:write', 'site:read', 'credit:read', 'credit:spend', 'operation:run']),
  );
}

interface Actors {
  transport: Transport;
  owner: Owner;
  call(call: ProcedureCall): Promise<Answer>;
  asOwner(call: ProcedureCall): Promise<Answer>;
  asStaff(token: string, call: ProcedureCall): Promise<Answer>;
}

async function openActors(credential: Credential, transport: Transport): Promise<Actors> {
  const owner = await registerOwner(app);
  const headers = await headersOf(credential, owner);
  const as = (given: Record<string, string>) => (call: ProcedureCall) =>
    callProcedure(call.app === 'admin' ? app.admin : app, transport, { headers: given, ...call });
  return {
    transport,
    owner,
    call: as(headers),
    asOwner: as(bearer(owner.token)),
    asStaff: (token, call) => as(bearer(token))({ app: 'admin', ...call }),
  };
}

const run = { name: 'operation.run', input: { operation: 'write_content', prompt: 'One line about tea.' } };
const fullPrice = { amount: 2900, currency: 'USD' };

/** Steps 2 and 3: a site, a run, and the credits that it cost. */
async function siteAndRun({ call }: Actors, trace: string[]): Promise<void> {
  const site = await call({ name: 'site.create', input: { name: 'Blog' } });
  const before = await call({ name: 'credit.get' });
  const answer = await call({ ...run, input: { ...run.input, siteId: site.body.id } });
  const after = await call({ name: 'credit.get' });
  trace.push(...[site, before, answer, after].map(verdictOf));
  expect(before.body).toMatchObject({ granted: 1000, available: 1000, held: 0, spent: 0 });
  expect(answer.body.output).toContain('tea');
  const { charged } = answer.body.credits;
  expect(charged).toBeGreaterThan(0);
  expect(after.body).toMatchObject({ available: 1000 - charged, held: 0, spent: charged });
}

/** Step 4: no credits are left, so a run is refused with 402 and the provider is not called. */
async function runOut({ call }: Actors, trace: string[]): Promise<void> {
  const { body } = await call({ name: 'credit.get' });
  const hold = await call({ name: 'credit.hold', input: { amount: body.available } });
  const settled = await call({
    name: 'credit.settle',
    input: { holdId: hold.body.id, amount: body.available },
  });
  const asked = app.provider.requestCount();
  const refused = await call(run);
  trace.push(...[hold, settled, refused].map(verdictOf));
  expect(verdictOf(refused)).toBe('402 insufficient_credits');
  expect(refused.body).toMatchObject({ available: 0 });
  expect(app.provider.requestCount()).toBe(asked);
}

/** Step 5: a transfer for a plan, its proof, the queue of staff, the confirmation, and the confirmation once more. */
async function payByTransfer(each: Actors, trace: string[]): Promise<void> {
  const { call, asOwner, asStaff, owner } = each;
  const transfer = { planSlug: 'starter', payerName: 'A. Payer', ...fullPrice };
  const payment = await asOwner({ name: 'payment.submitBankTransfer', input: transfer });
  expect(verdictOf(payment), JSON.stringify(payment.body)).toBe('ok');
  expect(payment.body).toMatchObject({
    status: 'pending_approval',
    invoice: { status: 'open', total: fullPrice },
  });
  const proof = await uploadProof(owner, payment.body.id);
  expect(proof.status).toBe(201);
  const queue = await asStaff(finance, { name: 'payment.list' });
  expect(queue.body.items).toContainEqual(
    expect.objectContaining({ id: payment.body.id, reference: payment.body.reference }),
  );
  const confirmation: ProcedureCall = {
    name: 'billing.confirmBankTransfer',
    input: {
      accountId: owner.accountId,
      paymentId: payment.body.id,
      externalPaymentId: `bank ${payment.body.id}`,
      payerName: 'A. Payer',
      ...fullPrice,
    },
  };
  const confirmed = await asStaff(finance, confirmation);
  const again = await asStaff(finance, confirmation);
  trace.push(...[payment, queue, confirmed, again].map(verdictOf));
  expect(confirmed.body).toMatchObject({
    payment: { status: 'succeeded' },
    invoice: { status: 'paid' },
    subscription: { status: 'active', plan: { slug: 'starter' } },
    credits: { available: 5000, byKind: { plan: 5000 } },
  });
  expect(JSON.stringify(again.body)).toBe(JSON.stringify(confirmed.body));
  app.api.authentication.accessCache.forget();
  const paid = await call(run);
  trace.push(verdictOf(paid));
  expect(paid.body.credits.available).toBe(5000 - paid.body.credits.charged);
}

async function uploadProof(owner: Owner, paymentId: string): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(png())], { type: 'image/png' }), 'proof.png');
  const headers = bearer(owner.token);
  return fetch(`${app.url}/v1/payments/${paymentId}/proofs`, { method: 'POST', headers, body: form });
}

/** Step 6: the account is suspended, so a run is refused with 403 within five seconds. */
async function untilSuspended({ call, asStaff, owner, transport }: Actors): Promise<Answer> {
  const input = { accountId: owner.accountId, reason: 'a test' };
  expect(verdictOf(await asStaff(administrator, { name: 'account.suspend', input }))).toBe('ok');
  const suspendedAt = performance.now();
  let answer = await call(run);
  while (answer.status === 200) {
    expect(performance.now() - suspendedAt, `${transport} was still served`).toBeLessThan(5500);
    await new Promise((resolve) => setTimeout(resolve, 200));
    answer = await call(run);
  }
  return answer;
}

/**
 * A suspended account gets one body for every call and the provider is not called; a reactivated account runs again.
 */
async function refusedUntilReactivated({ call, asStaff, owner }: Actors, trace: string[]): Promise<string> {
  const asked = app.provider.requestCount();
  const answers = [await call(run), await call({ name: 'credit.get' }), await call({ name: 'site.list' })];
  expect(new Set(answers.map(sameBytes)).size).toBe(1);
  expect(app.provider.requestCount()).toBe(asked);
  const input = { accountId: owner.accountId, reason: 'a test' };
  expect(verdictOf(await asStaff(administrator, { name: 'account.reactivate', input }))).toBe('ok');
  app.api.authentication.accessCache.forget();
  trace.push(...answers.map(verdictOf), verdictOf(await call(run)));
  return answers.map(sameBytes)[0] ?? '';
}

describe('the main job', () => {
  it('is the same for every credential over both transports', async () => {
    const traces = new Map<string, string[]>();
    const actors = new Map<string, Actors>();
    for (const credential of credentials)
      for (const transport of transports) {
        const trace: string[] = [];
        const each = await openActors(credential, transport);
        await siteAndRun(each, trace);
        await runOut(each, trace);
        await payByTransfer(each, trace);
        traces.set(`${credential} ${transport}`, trace);
        actors.set(`${credential} ${transport}`, each);
      }
    const suspended = await Promise.all([...actors.values()].map(untilSuspended));
    const bodies = new Set(suspended.map(sameBytes));
    for (const [who, each] of actors) bodies.add(await refusedUntilReactivated(each, traces.get(who) ?? []));
    const [first] = traces.values();
    expect(first).toHaveLength(16);
    for (const [who, trace] of traces) expect(trace, who).toEqual(first);
    expect([...bodies]).toHaveLength(1);
    expect(bodies.values().next().value).toContain('account_suspended');
  }, 120_000);
});
