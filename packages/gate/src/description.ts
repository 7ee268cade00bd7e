import { canBeLimited } from '@tenantry/domain/member/change';
import {
  type Role,
  keyScopes,
  roleAllows,
  roleAtLeast,
  roles,
  staffAllows,
  staffRoles,
} from '@tenantry/domain/permissions';
import {
  type ProcedureTerms,
  type StaffTerms,
  type TenantTerms,
  anyPower,
  anyScope,
  reachOf,
} from './terms.ts';

/** Whom a procedure serves and which rate counts it, in sentences for its document. */
export function describeTerms(terms: ProcedureTerms, type: 'query' | 'mutation'): string {
  return [...sentencesOf(terms, type), `Counts in the rate \`${terms.throttle}\`.`].join(' ');
}

function sentencesOf(terms: ProcedureTerms, type: 'query' | 'mutation'): string[] {
  switch (terms.audience) {
    case 'public':
      return ['For anybody, without a credential.'];
    case 'person':
      return [
        terms.serviceScope === undefined
          ? 'For a person who is signed in; no key may call it.'
          : `For a person who is signed in, and for service keys with the scope \`${terms.serviceScope}\`; no API key may call it.`,
      ];
    case 'service':
      return [`For service keys with the scope \`${terms.serviceScope}\`. It names no account in a header.`];
    case 'credential':
      return ['For whoever holds a credential, whatever it may do.'];
    case 'staff':
      return [
        terms.power === anyPower
          ? 'For every member of staff.'
          : `For staff in the role ${listed(staffOf(terms))}.`,
      ];
    case 'tenant':
      return [callersOf(terms), ...limitOf(terms, type), ...accountOf(terms)];
  }
}

function staffOf({ power }: StaffTerms): string[] {
  return staffRoles.filter((role) => power === anyPower || staffAllows(role, power));
}

/** Whether a key may call, as far as its scopes go. */
function servesKeys({ scope, person }: TenantTerms): boolean {
  const scopes: readonly string[] = keyScopes;
  return person !== true && (scope === anyScope || scopes.includes(scope));
}

/** The members whose role includes the scope and is high enough. */
function servedRoles({ scope, role = 'viewer' }: TenantTerms): Role[] {
  return roles.filter((one) => (scope === anyScope || roleAllows(one, scope)) && roleAtLeast(one, role));
}

function callersOf(terms: TenantTerms): string {
  if (terms.scope === anyScope && terms.role === undefined && terms.person !== true)
    return 'For every member and every API key of the account.';
  const members = `For members in the role ${listed(servedRoles(terms))}`;
  return servesKeys(terms)
    ? `${members}, and for API keys and service keys with the scope \`${terms.scope}\`.`
    : `${members}; no key may call it.`;
}

/** Who is refused because they are limited to sites; nothing where nobody whom it serves can be. */
function limitOf(terms: TenantTerms, type: 'query' | 'mutation'): string[] {
  if (reachOf(terms, type) === 'sites' || !(servesKeys(terms) || servedRoles(terms).some(canBeLimited)))
    return [];
  return ['Nobody who is limited to sites may call it.'];
}

function accountOf({ standing = 'good', feature }: TenantTerms): string[] {
  const needed = {
    good: 'The account must be active and its plan paid.',
    unpaid: 'The account must be active; its plan may be unpaid.',
    any: 'Works in an account of any standing.',
  }[standing];
  return [needed, ...(feature === undefined ? [] : [`The plan must include \`${feature}\`.`])];
}

/** Words in a row: `a`, `b` or `c`. */
function listed(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} or ${last}`;
}
