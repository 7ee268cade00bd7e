/** What a credential may be allowed to do, as named in the contract. */
export const scopes = [
  'account:read',
  'account:write',
  'member:read',
  'member:write',
  'site:read',
  'site:write',
  'key:read',
  'key:write',
  'credit:read',
  'credit:spend',
  'operation:run',
  'billing:read',
  'billing:write',
  'platform:metrics',
  'clock:write',
] as const;
export type Scope = (typeof scopes)[number];

/** Roles from the strongest to the weakest. */
export const roles = ['owner', 'admin', 'editor', 'viewer'] as const;
export type Role = (typeof roles)[number];

const readOnly = ['account:read', 'member:read', 'site:read', 'credit:read'] as const;
const roleScopes: Record<Role, readonly Scope[]> = {
  owner: scopes,
  admin: scopes,
  editor: [...readOnly, 'site:write', 'credit:spend', 'operation:run'],
  viewer: readOnly,
};

/** Scopes a key may hold: changing people, keys and money stays with people. */
export const keyScopes = [
  'account:read',
  'account:write',
  'member:read',
  'site:read',
  'site:write',
  'key:read',
  'credit:read',
  'credit:spend',
  'operation:run',
  'billing:read',
  'platform:metrics',
  'clock:write',
] as const satisfies readonly Scope[];

/** What a member of staff who impersonates a person may read: no keys, no webhooks, and nothing that changes. */
const impersonationScopes: readonly Scope[] = [
  'account:read',
  'member:read',
  'site:read',
  'credit:read',
  'billing:read',
];

/** Whether an impersonation may read what a scope stands for; the role of the person must include it too. */
export function impersonationAllows(scope: Scope): boolean {
  return impersonationScopes.includes(scope);
}

/** Scopes of service keys alone: what the operator's own backend does for no account yet, or for whichever it is. */
export const operatorScopes = ['account:create', 'credential:verify'] as const;
export type OperatorScope = (typeof operatorScopes)[number];

/** Scopes a service key may hold: those of an API key, and its own. */
export const serviceScopes = [...keyScopes, ...operatorScopes] as const;
export type ServiceScope = (typeof serviceScopes)[number];

/** What a system account alone may do, whoever asks for it. An account's name or slug gives nothing. */
const systemScopes: readonly Scope[] = ['platform:metrics'];

/** What means something in a sandbox alone: the time of an account that pays is nobody's to move. */
const sandboxScopes: readonly Scope[] = ['clock:write'];

/** Whether a scope means anything in an account. */
export function accountAllows(
  { system, sandbox }: { system: boolean; sandbox: boolean },
  scope: Scope,
): boolean {
  return (system || !systemScopes.includes(scope)) && (sandbox || !sandboxScopes.includes(scope));
}

/** Whether a role includes a scope. An unknown pair means no. */
export function roleAllows(role: Role, scope: Scope): boolean {
  return roleScopes[role].includes(scope);
}

/** Whether a role stands at least as high as another. */
export function roleAtLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) <= roles.indexOf(least);
}

/** Staff are not tenants; their powers are listed here and nowhere else. */
export const staffRoles = ['support', 'finance', 'platform_admin'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** What staff may be allowed to do. */
export const staffPowers = [
  'account:read',
  'revenue:read',
  'account:suspend',
  'money:confirm',
  'credit:adjust',
  'user:recover',
  'service-key:manage',
  'catalogue:write',
  'webhook:manage',
  'staff:manage',
  'audit:read',
  'account:impersonate',
  'subscription:manage',
  'access:revoke',
  'message:resend',
  'account:close',
] as const;
export type StaffPower = (typeof staffPowers)[number];
const powersOfRole: Record<StaffRole, readonly StaffPower[]> = {
  support: ['account:read', 'account:impersonate', 'access:revoke', 'message:resend'],
  finance: [
    'account:read',
    'revenue:read',
    'money:confirm',
    'credit:adjust',
    'subscription:manage',
    'message:resend',
  ],
  platform_admin: [
    'account:read',
    'revenue:read',
    'account:suspend',
    'account:close',
    'credit:adjust',
    'subscription:manage',
    'user:recover',
    'access:revoke',
    'message:resend',
    'service-key:manage',
    'catalogue:write',
    'webhook:manage',
    'staff:manage',
    'audit:read',
    'account:impersonate',
  ],
};

/** Powers over money, credits, prices, staff, and what acts for every account: a use of one that is refused stays on record. */
const recordedPowers: readonly StaffPower[] = [
  'money:confirm',
  'credit:adjust',
  'service-key:manage',
  'catalogue:write',
  'webhook:manage',
  'staff:manage',
  'account:impersonate',
  'subscription:manage',
];

/** Whether a refused use of a power stays on record. */
export function isRecorded(power: StaffPower): boolean {
  return recordedPowers.includes(power);
}

/** The powers of a staff role, in the order of the list. */
export function powersOf(role: StaffRole): readonly StaffPower[] {
  return staffPowers.filter((power) => staffAllows(role, power));
}

/** Whether a staff role has a power. Confirming money is finance's alone. */
export function staffAllows(role: StaffRole, power: StaffPower): boolean {
  return powersOfRole[role].includes(power);
}
