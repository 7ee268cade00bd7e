import { adminRouter } from '@tenantry/admin/router';
import { appRouter } from '@tenantry/api/router';
import { restProcedures } from '@tenantry/rest/procedures';
import { accountProcedures } from '@tenantry/testing/procedures';
import { gateCallers, gateStates, scopeRefusal } from '@tenantry/testing/truth';
import type { AnyTRPCRouter } from '@trpc/server';
import { made, table } from './table.ts';

type Terms = Readonly<
  Record<
    'audience' | 'scope' | 'serviceScope' | 'role' | 'standing' | 'feature' | 'throttle' | 'power',
    string | undefined
  >
>;

function termsOf(router: AnyTRPCRouter, name: string): Partial<Terms> {
  const procedures: Record<string, { _def: { meta?: { terms?: Terms } } }> = router._def.procedures;
  return procedures[name]?._def.meta?.terms ?? {};
}

/** Who may call, as far as the terms say it. */
function whoOf({ audience, scope, serviceScope, role }: Partial<Terms>): string {
  if (scope !== undefined) return `\`${scope}\`${role === undefined ? '' : `, ${role}`}`;
  const byKey = `a service key with \`${serviceScope}\``;
  if (audience === 'service') return byKey;
  if (audience === 'person') return serviceScope === undefined ? 'a person' : `a person, or ${byKey}`;
  return audience === 'credential' ? 'any credential' : 'anybody';
}

/** Every procedure with its path and what the gate asks for. */
export function proceduresPage(): string {
  const api = restProcedures(appRouter).map(({ name, route }) => {
    const terms = termsOf(appRouter, name);
    const { scope, standing = 'good', feature, throttle } = terms;
    const asks =
      scope === undefined ? '' : `${standing}${feature === undefined ? '' : `, plan with \`${feature}\``}`;
    return [`\`${name}\``, `\`${route.method} /v1${route.path}\``, whoOf(terms), asks, `\`${throttle}\``];
  });
  const admin = restProcedures(adminRouter).map(({ name, route }) => {
    const { power } = termsOf(adminRouter, name);
    return [
      `\`${name}\``,
      `\`${route.method} /v1${route.path}\``,
      power === undefined ? 'anybody' : `\`${power}\``,
    ];
  });
  return `${made}# Procedures

The same procedures are served as tRPC at \`/trpc/<procedure>\` and as REST at the path. Standing: \`good\` needs money and
operator to agree, \`unpaid\` works also when money says no, \`any\` always works.

## API

${table(['procedure', 'REST', 'scope', 'standing', 'throttle'], api)}

## Admin app

${table(['procedure', 'REST', 'power'], admin)}
`;
}

/** The truth table that the gate is tested against. */
export function gatePage(): string {
  const states = gateStates.map(({ name, refusal, refusesUnpaid }) => [
    name,
    refusal === undefined ? 'passes' : `\`${refusal}\``,
    refusesUnpaid && refusal !== undefined ? `\`${refusal}\`` : 'passes',
    'passes',
  ]);
  const scopes = [...new Set(accountProcedures.map(({ terms }) => terms.scope))].toSorted();
  const callers = scopes.map((scope) => [
    `\`${scope}\``,
    ...gateCallers.map((caller) => scopeRefusal(caller, scope)?.replace(/^(\S+ \S+)$/, '`$1`') ?? 'passes'),
  ]);
  return `${made}# The gate

Every call passes, in this order: authenticate, resolve account, validate plan, throttle. These tables are for calls of members and
API keys. A test holds every cell against session, access token and API key, over both transports, for every procedure. For staff, the
second and third step find the account that the input names and check the power of the role; the account's state refuses them nothing.
A person without an account, and a caller without a credential, pass the second and third step.

## What the account's state allows

Standing is looked at first. It depends on account, subscription, plan and the clock, and on nothing that a job writes.

${table(['state', 'procedures that need good standing', 'procedures that work unpaid', 'procedures for any standing'], states)}

## What the caller's role or scopes allow

A full key has every scope that a key may hold; a bare key has \`account:read\` alone.

${table(['scope', ...gateCallers], callers)}
`;
}
