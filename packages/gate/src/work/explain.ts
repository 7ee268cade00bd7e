import { apiProcedures } from '@tenantry/contract/api-procedures';
import type { ExplainRefusalInput } from '@tenantry/contract/gate-explanation';
import { decisionOn, findChosenCredential } from '@tenantry/db/access/chosen-credential';
import type { AccountAccess } from '@tenantry/db/access/queries';
import { refusalStatus, refusalTitle, refuse } from '@tenantry/domain/refusals';
import { timeAhead } from '@tenantry/domain/time';
import { openAccessCache } from '../access-cache.ts';
import { explainCall } from '../explain.ts';
import { refusalError } from '../public-error.ts';
import type { GateApp } from '../request-context.ts';
import type { Handled } from './handler.ts';

/** A call of staff for one account. */
type ExplainCall<App extends GateApp> = Handled<App, ExplainRefusalInput, 'not_found', 'read' | undefined> & {
  readonly ctx: { readonly account?: AccountAccess | undefined };
};

/**
 * Makes the handler of "why refused?": what the gate of the API would say of a call with a credential of an account, step
 * by step, with the fact that decided. It reads what is true now, past every cache, and counts nothing. Refuses `not_found`
 * for a credential that the account does not have.
 */
export function runExplanation<App extends GateApp>() {
  return async ({ ctx, input }: ExplainCall<App>) => {
    const { app, account, callInfo, now } = ctx;
    if (account === undefined) throw new Error('The terms of this procedure name no account.');
    const { credentialKind: kind, credentialId: id, procedure: name, address } = input;
    const procedure = apiProcedures.find((one) => one.name === name);
    const { credential, decided } = await app.database.inAccount.read(
      { accountId: account.id },
      callInfo,
      async (tx) => ({
        credential: await findChosenCredential(tx, { kind, id }),
        decided: await decisionOn(tx, ['account.suspend', 'account.close'], account.id),
      }),
    );
    if (credential === undefined || procedure === undefined) throw refusalError(refuse('not_found'));
    const accessCache = openAccessCache(app.database);
    const { terms, type, ...shown } = procedure;
    const at = { now, accountNow: timeAhead(now, account.aheadMilliseconds) };
    const call = { credential, account, terms, type, address, decided, ...at };
    const steps = await explainCall({ accessCache, throttle: app.throttle }, call);
    const refusing = steps.find(({ verdict }) => verdict === 'refuses');
    const code = refusing?.code ?? null;
    return {
      at: now.toISOString(),
      credential: { kind, id, name: credential.name },
      procedure: shown,
      passes: refusing === undefined,
      step: refusing?.step ?? null,
      code,
      status: code === null ? null : refusalStatus[code],
      detail: code === null ? null : refusalTitle[code],
      steps,
    };
  };
}

/** The procedures of the API by name, to choose one of. */
export async function listApiProcedures() {
  const items = apiProcedures.map(({ name, method, path, summary }) => ({ name, method, path, summary }));
  return { items: items.toSorted((one, other) => (one.name < other.name ? -1 : 1)), nextCursor: null };
}
