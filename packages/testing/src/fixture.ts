import { newId } from '@tenantry/db/ids';
import { type Role, keyScopes } from '@tenantry/domain/permissions';
import type { RestProcedure } from '@tenantry/rest/procedures';
import { z } from 'zod';
import type { TestApp } from './app.ts';
import { insertCreditNote } from './credit-note.ts';
import { addMembership } from './memberships.ts';
import { insertDelivery } from './webhook/delivery.ts';
import { procedures } from './procedures.ts';
import { unthrottle } from './plan.ts';
import { type Owner, makeKey, registerOwner } from './users.ts';

/** The ids of an account that an input can name. */
export const idNames = [
  'siteId',
  'sectorId',
  'keyId',
  'holdId',
  'invoiceId',
  'creditNoteId',
  'paymentId',
  'userId',
  'invitationId',
  'entryId',
  'endpointId',
  'deliveryId',
] as const;
export type IdName = (typeof idNames)[number];

/** An account with one object for each id that an input can name. */
export interface World {
  owner: Owner;
  /** A key with every scope that a key may hold. */
  key: string;
  ids: Record<IdName, string>;
  /** A hold that was settled at an estimate. */
  estimatedHoldId: string;
  /** An open invoice that no payment waits for. It took the place of the invoice in `ids`. */
  openInvoiceId: string;
}

/** Fills a new account on the plan without limits. Every name in it contains `mark`, so that a leak can be found. */
export async function openWorld(app: TestApp, mark: string): Promise<World> {
  const owner = await registerOwner(app, { accountName: mark });
  const made = async (
    path: string,
    body: Record<string, unknown>,
  ): Promise<{ id: string; invoice: { id: string } }> => {
    const answer = await app.rest('POST', `/v1${path}`, { body, bearer: owner.token });
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const transfer = { planSlug: 'starter', payerName: mark, amount: 2900, currency: 'USD' };
  const payment = await made('/payments/bank-transfers', transfer);
  const change = { planSlug: 'growth', paymentMethod: 'bank_transfer' };
  const asked = await app.rest('POST', '/v1/subscription/change', { body: change, bearer: owner.token });
  await unthrottle(app, owner.accountId);
  const site = await made('/sites', { name: mark });
  const sector = await made(`/sites/${site.id}/sectors`, { name: mark });
  const hold = await made('/credits/holds', { amount: 7, siteId: site.id, metadata: { mark } });
  const estimated = await made('/credits/holds', { amount: 3, siteId: site.id, metadata: { mark } });
  await app.rest('POST', `/v1/credits/holds/${estimated.id}/settle`, {
    body: { amount: 2, usageSource: 'estimated' },
    bearer: owner.token,
  });
  const key = await makeKey(app, owner, [...keyScopes]);
  const entries = await app.rest('GET', '/v1/credits/entries', { bearer: owner.token });
  const named = await app.rest('GET', '/v1/api-keys', { bearer: owner.token });
  const invitation = await made('/invitations', { email: `${newId()}@example.test`, role: 'viewer' });
  const userId = await addMember(app, owner.accountId, 'viewer');
  await addMember(app, owner.accountId, 'owner');
  const endpoint = await made('/webhook-endpoints', { url: 'https://hooks.example/', description: mark });
  const deliveryId = await insertDelivery(app, owner.accountId, endpoint.id);
  const creditNoteId = await insertCreditNote(app, owner.accountId, {
    invoiceId: payment.invoice.id,
    paymentId: payment.id,
    customer: mark,
  });
  const ids = {
    siteId: site.id,
    sectorId: sector.id,
    keyId: named.body.items[0].id,
    holdId: hold.id,
    invoiceId: payment.invoice.id,
    creditNoteId,
    paymentId: payment.id,
    userId,
    invitationId: invitation.id,
    entryId: entries.body.items[0].id,
    endpointId: endpoint.id,
    deliveryId,
  };
  return { owner, key, ids, estimatedHoldId: estimated.id, openInvoiceId: asked.body.invoice.id };
}

/** Fills an account that may call every procedure: a system account and a sandbox. */
export async function openSystemWorld(app: TestApp): Promise<World> {
  const own = await openWorld(app, 'Own');
  await app.database.query('update account set system = true, sandbox = true where id = $1', [
    own.owner.accountId,
  ]);
  app.api.authentication.accessCache.forget();
  return own;
}

/** Adds a member who never signs in; answers their user id. */
async function addMember(app: TestApp, accountId: string, role: Role): Promise<string> {
  const id = newId();
  await app.database.query(
    `insert into app_user (id, email, email_digest, password_hash, created_at) values ($1, $2, $3, 'none', now())`,
    [id, `${id}@example.test`, id],
  );
  await addMembership(app.database, { accountId, userId: id, role });
  return id;
}

type Sample = (world: World) => Record<string, unknown>;
const pick =
  (...names: IdName[]): Sample =>
  ({ ids }) =>
    Object.fromEntries(names.map((name) => [name, ids[name]]));

/** Procedures that anybody may call. The list is explicit, so that a new public procedure fails a test. */
export const publicProcedures = [
  'registration.create',
  'session.create',
  'session.refresh',
  'session.signOut',
  'passwordReset.create',
  'passwordReset.confirm',
  'emailVerification.confirm',
  'me.confirmEmail',
  'invitation.accept',
  'plan.list',
  'creditPackage.list',
];

/** Procedures of the operator's own backend; they name no account. */
export const serviceProcedures = ['credential.verify'];

/** Procedures of a person; they name nothing of an account. */
export const personProcedures = [
  'session.delete',
  'session.deleteAll',
  'emailVerification.create',
  'me.update',
  'me.changeEmail',
  'me.changePassword',
  'totp.create',
  'totp.confirm',
  'totp.renewRecoveryCodes',
  'totp.disable',
  'account.create',
];

/** Inputs of procedures that need more than the ids of a world. */
const fuller: Readonly<Record<string, Sample>> = {
  'account.close': ({ owner }) => ({ password: owner.password }),
  'account.update': () => ({ name: 'Another name' }),
  'billingDetails.set': () => ({
    legalName: 'Own Holding GmbH',
    address: ['Beispielweg 1', '10115 Berlin'],
    country: 'DE',
    taxId: 'DE123456789',
    email: 'invoices@example.test',
  }),
  'member.update': (world) => ({ ...pick('userId')(world), role: 'editor' }),
  'member.limit': (world) => ({ ...pick('userId')(world), siteIds: [world.ids.siteId] }),
  // A mailbox gets few invitations an hour.
  'invitation.create': () => ({ email: `${newId()}@example.test`, role: 'viewer' }),
  'site.create': () => ({ name: 'A second site', domain: 'second.example' }),
  'site.list': () => ({ limit: 10 }),
  'site.update': (world) => ({ ...pick('siteId')(world), name: 'Another name', domain: null }),
  'sector.create': (world) => ({ ...pick('siteId')(world), name: 'A second sector' }),
  'sector.update': (world) => ({ ...pick('siteId', 'sectorId')(world), name: 'Another name' }),
  'apiKey.create': (world) => ({
    ...pick('siteId')(world),
    name: 'A second key',
    scopes: ['site:read'],
    allowedAddresses: ['10.0.0.0/8', '::1'],
  }),
  'apiKey.rotate': (world) => ({ ...pick('keyId')(world), overlapSeconds: 60 }),
  'invoice.cancel': ({ openInvoiceId }) => ({ invoiceId: openInvoiceId }),
  'subscription.change': () => ({ planSlug: 'growth', paymentMethod: 'bank_transfer' }),
  'checkout.create': () => ({ provider: 'stripe' }),
  'subscription.preview': () => ({ planSlug: 'growth', paymentMethod: 'bank_transfer' }),
  'creditPackage.buy': () => ({ packageSlug: 'small', paymentMethod: 'bank_transfer' }),
  'testClock.move': () => ({ advanceSeconds: 1 }),
  'credit.hold': (world) => ({
    ...pick('siteId')(world),
    operation: 'write_content',
    units: 1000,
    ttlSeconds: 60,
    metadata: { a: 'b' },
  }),
  'credit.extend': (world) => ({ ...pick('holdId')(world), ttlSeconds: 60 }),
  'credit.settle': (world) => ({ ...pick('holdId')(world), amount: 5 }),
  'credit.trueUp': ({ estimatedHoldId }) => ({ holdId: estimatedHoldId, amount: 1 }),
  'credit.limitSite': (world) => ({ ...pick('siteId')(world), creditsPerDayMax: 1_000_000 }),
  'credit.limitKey': (world) => ({ ...pick('keyId')(world), creditsPerDayMax: 1_000_000 }),
  'webhookEndpoint.create': () => ({
    url: 'https://hooks.example/second',
    description: 'A second endpoint',
    events: ['credit.low_balance'],
  }),
  'webhookEndpoint.update': (world) => ({
    ...pick('endpointId')(world),
    url: 'https://hooks.example/other',
    description: null,
    events: [],
    enabled: true,
  }),
  'webhookEndpoint.rotateSecret': (world) => ({ ...pick('endpointId')(world), overlapSeconds: 60 }),
  'webhookEndpoint.listDeliveries': (world) => ({
    ...pick('endpointId')(world),
    limit: 10,
    status: 'failed',
  }),
  'webhookEndpoint.listAttempts': (world) => ({ ...pick('endpointId')(world), limit: 10 }),
  'credit.updateAlerts': () => ({ lowBalanceThresholds: [10, 100] }),
  'operation.run': (world) => ({
    ...pick('siteId')(world),
    operation: 'write_content',
    prompt: 'One line.',
    maxOutputTokens: 20,
    metadata: { a: 'b' },
  }),
  'operation.stream': (world) => ({
    ...pick('siteId')(world),
    operation: 'write_content',
    prompt: 'One line.',
    maxOutputTokens: 20,
    metadata: { a: 'b' },
  }),
  'usage.list': (world) => ({
    ...pick('siteId', 'keyId')(world),
    by: 'operation',
    operation: 'write_content',
    from: '2026-01-01T00:00:00Z',
    to: '2026-12-31T00:00:00+01:00',
    limit: 10,
  }),
  'payment.submitBankTransfer': () => ({
    planSlug: 'growth',
    payerName: 'A. Payer',
    amount: 8900,
    currency: 'USD',
    externalPaymentId: 'FT 1',
    proofUrl: 'https://proofs.example/1.pdf',
  }),
};

/** The verdict of a right input, of procedures that the service itself refuses whatever they are asked. */
const refusedVerdicts: Readonly<Record<string, string>> = { 'checkout.create': '409 provider_disabled' };

/** The verdict of a right input by an owner. */
export function rightVerdict(name: string): string {
  return refusedVerdicts[name] ?? 'ok';
}

/** The ids that the input of a procedure needs, of the world. */
function idsOf({ inputs }: Pick<RestProcedure, 'inputs'>): Sample {
  const required = inputs.flatMap((schema) =>
    schema instanceof z.ZodType
      ? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).required ?? [])
      : [],
  );
  return pick(...idNames.filter((name) => required.includes(name)));
}

/** A valid input for each procedure of a tenant or a person, in a world. */
export const samples: Readonly<Record<string, Sample>> = {
  ...Object.fromEntries(
    [...procedures.api.values()]
      .filter(({ name }) => ![...publicProcedures, ...personProcedures, ...serviceProcedures].includes(name))
      .map((procedure) => [procedure.name, idsOf(procedure)]),
  ),
  ...fuller,
};
