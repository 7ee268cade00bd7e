import { isOutOfReach } from '@tenantry/db/constraints';
import type {
  AccountTransaction,
  CallInfo,
  Database,
  DirectoryScope,
  Transaction,
} from '@tenantry/db/transaction';
import { lockSessionOf } from '@tenantry/db/access/session-lock';
import { insertSecurityEvent } from '@tenantry/db/staff/queries';
import type { KeyedCall } from '@tenantry/db/idempotency/call';
import { lockUser } from '@tenantry/db/user/queries';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { addressBlock } from '../address.ts';
import { refusalError } from '../public-error.ts';
import type { GateApp } from '../request-context.ts';
import { type Answer, type CodeOf, answerOf, present } from './answer.ts';
import { factsOf, subjectOf } from './audit.ts';
import type { Handled, PassedCall } from './handler.ts';
import { beginCall, finishCall, freeKey, keyedCall } from './idempotency.ts';
import { attemptWithKey } from './key-wait.ts';

/** What a service is given that runs without an account; the app's ports come beside it. */
export interface DirectoryServiceContext extends CallInfo {
  readonly database: Database;
  /** Where the call comes from, as far as guards of passwords and codes count it. */
  readonly address: string;
}

/** What a service is given that changes something of a person's own, or of staff's. */
export interface PersonServiceContext extends DirectoryServiceContext {
  /**
   * Writes the change in one transaction with its security event. A person's session is still good there, and nobody else
   * changes the person meanwhile. A service calls it once, and answers its result. `recorded` says what the event tells that
   * the input does not name.
   */
  commit<T>(work: (tx: Transaction) => Promise<T>, recorded?: () => Record<string, string>): Promise<T>;
  /** As `commit`, in a transaction of an account that the change makes. */
  commitInAccount<T>(accountId: string, work: (tx: AccountTransaction) => Promise<T>): Promise<T>;
}

/** A service without an account. */
export type DirectoryService<App extends GateApp, Input, Output> = (
  context: DirectoryServiceContext & App['ports'],
  input: Input,
) => Promise<Output>;

/** A service that changes something without an account. */
export type PersonService<App extends GateApp, Input, Output> = (
  context: PersonServiceContext & App['ports'],
  input: Input,
) => Promise<Output>;

/** Runs a service that works without an account, and opens its own transactions. */
export function runWithoutAccount<App extends GateApp, Input, Output>(
  service: DirectoryService<App, Input, Output>,
) {
  return async ({ ctx, input }: Handled<App, Input, CodeOf<Output>>): Promise<Answer<Output>> =>
    answerOf<Output>(ctx, await service(directoryContextOf(ctx), input));
}

/**
 * Runs a service that changes something of a person's own. Its security event and the answer that its Idempotency-Key
 * stores commit with the change; a call with a key is marked as running before the service begins. Throws when the
 * service has changed something past `commit`.
 */
export function runForPerson<App extends GateApp, Input, Output>(service: PersonService<App, Input, Output>) {
  return async ({ ctx, input }: Handled<App, Input, CodeOf<Output>>): Promise<Answer<Output>> => {
    const keyed = keyedCall(ctx, input);
    const { read, write } = ctx.app.database.withoutAccount;
    const scope = scopeOfPerson(ctx);
    const stored = await attemptWithKey(
      ctx,
      { keyed, read: (work) => read(scope, work) },
      async () => keyed && write(scope, (tx) => beginCall(tx, ctx, keyed)),
    );
    if (stored !== undefined) return answerOf<Output>(ctx, stored);
    const unfreed = (err: unknown): void =>
      ctx.app.log.warn({ err, requestId: ctx.incoming.requestId }, 'An Idempotency-Key was not freed.');
    const output = await perform(ctx, { keyed, input }, (commits) =>
      service({ ...directoryContextOf(ctx), ...commits }, input),
    ).catch(async (fault: unknown) => {
      const freed = keyed && write(scope, (tx) => freeKey(tx, ctx, keyed)).catch(unfreed);
      // No answer waits for a database that is out of reach; there the claim ends by itself.
      if (!isOutOfReach(fault)) await freed;
      throw fault;
    });
    if (isRefusal(output) && keyed !== undefined) await write(scope, (tx) => freeKey(tx, ctx, keyed));
    return answerOf<Output>(ctx, output);
  };
}

type Commits = Pick<PersonServiceContext, 'commit' | 'commitInAccount'>;

/** Lets a service commit once, with its security event and its stored answer. */
async function perform<Output>(
  ctx: PassedCall,
  { keyed, input }: { keyed: KeyedCall | undefined; input: unknown },
  work: (commits: Commits) => Promise<Output>,
): Promise<Output> {
  const { app, callInfo, calling } = ctx;
  let committed: { result: unknown } | undefined;
  const { inAccount, withoutAccount } = app.database;
  const scope = scopeOfPerson(ctx);
  async function record<Tx extends Transaction, T>(
    tx: Tx,
    change: (tx: Tx) => Promise<T>,
    recorded?: () => Record<string, string>,
  ): Promise<T> {
    if (callInfo.actor.kind === 'user') await lockUser(tx, callInfo.actor.userId);
    if (!(await lockSessionOf(tx, callInfo.actor, ctx.now))) throw refusalError(refuse('unauthenticated'));
    const done = await change(tx);
    if (isRefusal(done)) return done;
    const facts = { ...eventFacts(ctx, input, present(done)), ...recorded?.() };
    await insertSecurityEvent(tx, callInfo, calling.path, facts);
    await finishCall(tx, ctx, keyed, { input, shown: present(done) });
    return done;
  }
  async function once<T>(write: () => Promise<T>): Promise<T> {
    if (committed !== undefined) throw new Error(`${calling.path} commits twice.`);
    const result = await write();
    // A refusal is rolled back, so that the service may commit another change.
    if (!isRefusal(result)) committed = { result };
    return result;
  }
  const output = await work({
    commit: (change, recorded) =>
      once(() => withoutAccount.write(scope, (tx) => record(tx, change, recorded))),
    commitInAccount: (accountId, change) =>
      once(() => inAccount.write({ ...scope, accountId }, callInfo, (tx) => record(tx, change))),
  });
  if (!isRefusal(output) && output !== committed?.result)
    throw new Error(`${calling.path} answers something other than what it committed.`);
  return output;
}

/** What a security event tells besides who, when and what: the fields that the terms name. */
function eventFacts({ terms }: PassedCall, input: unknown, shown: unknown): Record<string, string> {
  if (!('audit' in terms) || terms.audit === undefined) return {};
  const subject = subjectOf(terms.audit, input, shown);
  return { ...factsOf(terms.audit, input), ...(subject === null ? {} : { subject }) };
}

/** The part of a service's context that is not of one account. */
export function directoryContextOf<App extends GateApp>({
  app,
  callInfo,
  incoming,
  now,
}: PassedCall<App>): DirectoryServiceContext & App['ports'] {
  // What is proven of a person is proven in real time, whatever the clock of their account says.
  return { ...app.ports, ...callInfo, now, database: app.database, address: addressBlock(incoming.address) };
}

/** Whose own rows the transaction sees: a service key has its Idempotency-Keys, as a person has. */
function scopeOfPerson({ actor }: PassedCall): DirectoryScope {
  if (actor.kind === 'service_key') return { userId: actor.keyId };
  return actor.kind === 'user' ? { userId: actor.userId } : {};
}
