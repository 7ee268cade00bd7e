import { recordSecurityEvent } from '@tenantry/db/staff/queries';
import { isRecorded, staffAllows } from '@tenantry/domain/permissions';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { type StaffActor, type StaffAuthentication, authenticateStaff } from '../authenticate/staff.ts';
import { withNamedFields } from '../named-fields.ts';
import type { GateApp } from '../request-context.ts';
import { type StaffAccount, resolveStaffAccount } from '../resolve-account/staff.ts';
import { type StaffTerms, anyPower } from '../terms.ts';
import type { Audience } from './audience.ts';

/** The account that a staff procedure acts on, with its standing; nothing for a procedure over all accounts. */
export type StaffResolved = Partial<StaffAccount>;

/** An app that staff call. */
export interface StaffApp extends GateApp {
  readonly authentication: StaffAuthentication;
}

/** Staff of the operator, on the admin app. An account's standing is computed and handed on; it refuses nothing. */
export const staffAudience: Audience<StaffApp, StaffTerms, StaffActor, StaffResolved> = {
  name: 'staff',
  originSetting: 'ADMIN_PUBLIC_URL',
  authenticate: ({ app: { authentication, database }, incoming, now }, { type }) =>
    authenticateStaff(incoming, { ...authentication, database }, { mutates: type === 'mutation', now }),
  resolveAccount: async ({ app, now }, { actor, terms, calling }) => {
    const { account: fields } = terms;
    if (actor.lacksSecondFactor && terms.beforeSecondFactor !== true) return refuse('second_factor_required');
    if (fields === undefined) return {};
    const input = await calling.rawInput();
    const found = (await resolveStaffAccount(app.database, fields, input, now)) ?? {};
    return isRefusal(found) ? withNamedFields(found, input) : found;
  },
  validatePlan: ({ actor, terms: { power } }) =>
    power === anyPower || staffAllows(actor.role, power) ? undefined : refuse('role_forbids'),
  buckets: (_context, { actor: { staffId }, terms: { throttle: scope }, resolved: { account } }) => {
    const rate = defaultThrottleRates[scope];
    const own = { kind: 'user', id: staffId, scope, rate } as const;
    // All staff together may be busy with one account, so its bucket is ten times as wide as that of one of them.
    return account === undefined
      ? [own]
      : [own, { kind: 'staff_account', id: account.id, scope, rate: rate * 10 }];
  },
  aheadOf: ({ account }) => account?.aheadMilliseconds,
  recordRefusal: async ({ app, incoming: { requestId }, now }, { actor, terms, calling, refusal }) => {
    if (terms.power === anyPower || !isRecorded(terms.power)) return;
    const call = { actor, requestId, now };
    await recordSecurityEvent(app.database, call, calling.path, { refused: refusal.refused });
  },
};
