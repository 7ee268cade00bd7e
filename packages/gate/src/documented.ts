import type { StandingCode } from '@tenantry/domain/standing';
import { serviceScopes } from '@tenantry/domain/permissions';
import { type RefusalCode, refusalStatus } from '@tenantry/domain/refusals';
import { type ProcedureTerms, anyPower, reachOf } from './terms.ts';

/** A request header that the gate reads for a procedure. */
export type GateHeader =
  | 'Tenantry-Account'
  | 'Tenantry-External-Account'
  | 'Tenantry-On-Behalf-Of'
  | 'Idempotency-Key';

/** What a call of a procedure is besides its terms. */
export interface CallShape {
  readonly type: 'query' | 'mutation';
  /** Whether the procedure has an input that can be wrong. */
  readonly hasInput: boolean;
}

const operatorCodes: readonly StandingCode[] = ['account_suspended', 'account_closed'];
const moneyCodes: readonly StandingCode[] = [
  'plan_inactive',
  'payment_pending',
  'trial_expired',
  'payment_overdue',
  'subscription_cancelled',
  'subscription_expired',
];
const standingCodes: Record<'good' | 'unpaid' | 'any', readonly StandingCode[]> = {
  good: [...operatorCodes, ...moneyCodes],
  unpaid: operatorCodes,
  any: [],
};

/** The request headers that the gate reads for a procedure. A header that is not in this list is ignored. */
export function headersReadFor(terms: ProcedureTerms, { type }: Pick<CallShape, 'type'>): GateHeader[] {
  const headers: GateHeader[] = [];
  const namesAccount = terms.audience === 'tenant' || terms.audience === 'credential';
  if (namesAccount) headers.push('Tenantry-Account');
  if (namesAccount && servesServiceKeys(terms)) headers.push('Tenantry-External-Account');
  if (type === 'mutation' && servesServiceKeys(terms)) headers.push('Tenantry-On-Behalf-Of');
  if (type === 'mutation' && terms.audience !== 'public') headers.push('Idempotency-Key');
  return headers;
}

/** Whether a service key may call, as far as its scopes go. */
function servesServiceKeys(terms: ProcedureTerms): boolean {
  if (terms.audience === 'credential' || terms.audience === 'service') return true;
  if (terms.audience === 'person') return terms.serviceScope !== undefined;
  const allowed: readonly string[] = serviceScopes;
  return terms.audience === 'tenant' && terms.person !== true && allowed.includes(terms.scope);
}

/** Every code that a call of a procedure can be refused with: by the gate, its input, and its service; by status. */
export function refusalsOf(terms: ProcedureTerms, shape: CallShape): RefusalCode[] {
  const codes = new Set<RefusalCode>([...gateRefusals(terms, shape), ...(terms.refusals ?? [])]);
  codes.add('throttled');
  codes.add('unavailable');
  if (shape.hasInput) codes.add('invalid_input');
  // Another change of the same was faster.
  if (shape.type === 'mutation') codes.add('conflict');
  if (headersReadFor(terms, shape).includes('Idempotency-Key'))
    for (const code of ['invalid_input', 'idempotency_in_flight', 'idempotency_mismatch'] as const)
      codes.add(code);
  if ('work' in terms && terms.work === 'stream') codes.add('unsupported_media_type');
  return [...codes].toSorted(
    (left, right) => refusalStatus[left] - refusalStatus[right] || (left < right ? -1 : 1),
  );
}

function gateRefusals(terms: ProcedureTerms, { type }: CallShape): RefusalCode[] {
  const origin: RefusalCode[] = type === 'mutation' ? ['origin_refused', 'impersonation_read_only'] : [];
  switch (terms.audience) {
    case 'public':
      return [];
    case 'person':
      return [
        'unauthenticated',
        'scope_missing',
        ...origin,
        ...(terms.serviceScope === undefined ? [] : (['invalid_input'] as const)),
      ];
    case 'service':
      return ['unauthenticated', 'scope_missing', 'role_forbids', 'invalid_input', ...origin];
    case 'credential':
      return ['unauthenticated', 'invalid_input', 'not_found'];
    case 'staff':
      return [
        'unauthenticated',
        ...(type === 'mutation' ? (['origin_refused'] as const) : []),
        ...(terms.beforeSecondFactor === true ? [] : (['second_factor_required'] as const)),
        ...(terms.power === anyPower ? [] : (['role_forbids'] as const)),
        ...(terms.account === undefined ? [] : (['not_found'] as const)),
      ];
    case 'tenant':
      return [
        'unauthenticated',
        'account_required',
        'invalid_input',
        'not_found',
        'role_forbids',
        'scope_missing',
        'impersonation_read_only',
        ...origin,
        ...standingCodes[terms.standing ?? 'good'],
        ...(reachOf(terms, type) === 'account' ? (['site_forbidden'] as const) : []),
        ...(terms.feature === undefined ? [] : (['plan_lacks_feature'] as const)),
      ];
  }
}
