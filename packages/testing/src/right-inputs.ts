import { type World, samples } from './fixture.ts';

const never = '0198f000-0000-7000-8000-00000000ffff';

/** Valid inputs of procedures that have no sample in a world. */
const others: Record<string, Record<string, unknown>> = {
  'api registration.create': { email: 'a@b.example', password: 'correct horse battery', accountName: 'A' },
  'api session.create': { email: 'a@b.example', password: 'correct horse battery', delivery: 'token' },
  'api session.refresh': { refreshToken: 'x'.repeat(43) },
  'api session.signOut': { refreshToken: 'x'.repeat(43) },
  'api passwordReset.create': { email: 'a@b.example' },
  'api passwordReset.confirm': { token: 'x'.repeat(43), password: 'correct horse battery' },
  'api emailVerification.create': {},
  'api emailVerification.confirm': { token: 'x'.repeat(43) },
  'api invitation.accept': { token: 'x'.repeat(43), password: 'correct horse battery' },
  'api credential.verify': {
    credential: 'tny_live_nobody',
    address: '192.0.2.7',
    account: never,
    scope: 'operation:run',
    role: 'viewer',
    feature: 'operations',
    standing: 'good',
    reach: 'sites',
    throttle: { scope: 'ai_function', cost: 2 },
    limit: 'projects',
    used: 7,
    hold: { amount: 5 },
  },
  'api me.update': { name: 'Ada' },
  'api me.changeEmail': { email: 'new@b.example', password: 'x' },
  'api me.confirmEmail': { token: 'x'.repeat(43) },
  'api me.changePassword': { currentPassword: 'x', newPassword: 'correct horse battery' },
  'api account.create': { name: 'A' },
  'api totp.create': { password: 'x' },
  'api totp.confirm': { code: '000000' },
  'api totp.renewRecoveryCodes': { password: 'x', code: '000000' },
  'api totp.disable': { password: 'x', code: '000000' },
  'api session.delete': {},
  'api session.deleteAll': {},
  'admin session.create': { email: 'a@b.example', password: 'correct horse battery' },
  'admin session.delete': {},
  'admin user.resetSecondFactor': { email: 'nobody@b.example', reason: 'x' },
  'admin account.get': { accountId: never },
  'admin account.suspend': { accountId: never, reason: 'x' },
  'admin account.reactivate': { accountId: never, reason: 'x' },
  'admin credit.get': { accountId: never },
  'admin credit.listEntries': { accountId: never },
  'admin credit.explain': { accountId: never, entryId: never },
  'admin credit.adjust': {
    accountId: never,
    amount: 5,
    reason: 'x',
    kind: 'promo',
    expiresAt: '2100-01-01T00:00:00Z',
    reference: 'x',
  },
  'admin credit.reverse': { accountId: never, entryId: never, amount: 5, reason: 'x' },
  'admin payment.listProofs': { paymentId: never },
  'admin invoice.void': { invoiceId: never, reason: 'x' },
  'admin payment.reject': { paymentId: never, reason: 'x' },
  'admin billing.confirmBankTransfer': {
    accountId: never,
    paymentId: never,
    invoiceId: never,
    externalPaymentId: 'x',
    amount: 1,
    currency: 'USD',
    payerName: 'x',
    proofUrl: 'https://proofs.example/1',
  },
};

/** An input that the schema of a procedure accepts; the objects that it names need not exist. */
export function rightInputs(app: 'api' | 'admin', name: string, world: World): Record<string, unknown> {
  return others[`${app} ${name}`] ?? samples[name]?.(world) ?? {};
}
