import {
  keyScopes,
  roleAllows,
  roleAtLeast,
  roles,
  staffAllows,
  staffRoles,
} from '@tenantry/domain/permissions';
import type { ProcedureTerms, StaffTerms, TenantTerms } from './terms.ts';

/** Whom a procedure serves and which rate counts it, in sentences for its document. */
export function describeTerms(terms: ProcedureTerms): string {
  return [...sentencesOf(terms), `Counts in the rate \`${terms.throttle}\`.`].join(' ');
}

function sentencesOf(terms: ProcedureTerms): string[] {
  switch (terms.audience) {
    case 'public':
      return ['For anybody, without a credential.'];
    case 'person':
      return ['For a person who is signed in; no API key may call it.'];
    case 'staff':
      return [`For staff in the role ${listed(staffOf(terms))}.`];
    case 'tenant':
      return [callersOf(terms), ...accountOf(terms)];
  }
}

function staffOf({ power }: StaffTerms): string[] {
  return staffRoles.filter((role) => staffAllows(role, power));
}

function callersOf({ scope, role = 'viewer', person }: TenantTerms): string {
  const able = roles.filter((one) => roleAllows(one, scope) && roleAtLeast(one, role));
  const keys: readonly string[] = person === true ? [] : keyScopes;
  const members = `For members in the role ${listed(able)}`;
  return keys.includes(scope)
    ? `${members}, and for API keys with the scope \`${scope}\`.`
    : `${members}; no API key may call it.`;
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
