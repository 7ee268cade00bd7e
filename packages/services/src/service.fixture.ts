import { lockAccount } from '@tenantry/db/account/queries';
import { newId } from '@tenantry/db/ids';
import type { AccountTransaction, CallInfo } from '@tenantry/db/transaction';
import { lockUser } from '@tenantry/db/user/queries';
import type { RegisterInput } from '@tenantry/contract/registration';
import type { Role } from '@tenantry/domain/permissions';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { addMembership } from '@tenantry/testing/memberships';
import type { DirectoryContext, MemberContext, PersonContext } from './context.ts';
import { type RecordedPorts, openRecordedPorts } from './ports.fixture.ts';
import { makeAccount } from './registration/create.ts';

/** The time of a call that names no other. */
export const now = new Date('2026-03-02T12:00:00Z');

/** Seconds after that. */
export const secondsAfter = (seconds: number) => new Date(now.getTime() + seconds * 1000);

/** An account of the plan `trial` with the person who registered it. */
export interface Tenant {
  accountId: string;
  userId: string;
  email: string;
}

/** The password of everybody who registers. */
export const password = 'correct horse battery';

type AllPorts = RecordedPorts['ports'];

/** What a service is given that runs in a transaction of an account, with every port but the provider. */
export type AccountContext = CallInfo & { readonly tx: AccountTransaction } & AllPorts;

/** A database of its own, the ports, and the ways to run a service in them. */
export interface ServiceTest extends RecordedPorts {
  database: TestDatabase;
  /** Registers a new person with an account, without an e-mail. */
  register(more?: Partial<RegisterInput>): Promise<Tenant>;
  /** Confirms the address of a person past every rule. */
  confirmAddress(tenant: Tenant): Promise<void>;
  /** Makes a member who never signs in; answers their user id. */
  addMember(tenant: Tenant, role: Role): Promise<string>;
  /** The topics of the account's outbox messages, sorted. */
  topicsOf(tenant: Tenant): Promise<string[]>;
  /** Moves an account to a plan past every rule. */
  usePlan(tenant: Tenant, slug: string): Promise<void>;
  /** Runs work in a transaction that has locked the account, as its owner at `now` unless the call says otherwise. */
  inAccount<T>(
    tenant: Tenant,
    work: (context: AccountContext) => Promise<T>,
    call?: Partial<CallInfo>,
  ): Promise<T>;
  /** Runs work as a member of staff at `now`: somebody new, or whoever has the address. */
  asStaff<T>(
    tenant: Tenant,
    work: (context: AccountContext) => Promise<T>,
    staff?: { email?: string; at?: Date },
  ): Promise<T>;
  /** The context of a call by nobody. */
  directory(at?: Date): DirectoryContext<keyof AllPorts>;
  /** The context of a call by a person for themselves. */
  person(userId: string, at?: Date): PersonContext<keyof AllPorts>;
  /** The context of a call by the person of a tenant who proves something for the account. */
  member(tenant: Tenant, at?: Date): MemberContext<keyof AllPorts>;
  close(): Promise<void>;
}

/** The actor of a person's call. */
export const actorOf = (userId: string) =>
  ({ kind: 'user', userId, sessionId: newId(), via: 'session' }) as const;

/** Opens a test of services. */
export async function openServiceTest(): Promise<ServiceTest> {
  const database = await openTestDatabase();
  const recorded = openRecordedPorts();
  const { ports } = recorded;
  const callOf = (userId: string): CallInfo => ({ actor: actorOf(userId), requestId: newId(), now });
  const directory: ServiceTest['directory'] = (at = now) => ({
    ...ports,
    database: database.api,
    address: '192.0.2.1',
    actor: { kind: 'anonymous' },
    requestId: newId(),
    now: at,
  });
  return {
    ...recorded,
    database,
    directory,
    register: async (more = {}) => {
      const email = `${newId()}@example.test`;
      const made = accepted(
        await makeAccount(directory(), { email, password, accountName: 'An account', ...more }),
      );
      return { accountId: made.account.id, userId: made.user.id, email: made.user.email };
    },
    confirmAddress: async ({ userId }) => {
      await database.query('update app_user set email_verified_at = $2 where id = $1', [userId, now]);
    },
    addMember: (tenant, role) => insertMember(database, tenant, role),
    topicsOf: async ({ accountId }) => {
      const sql = 'select topic from outbox_message where account_id = $1 order by topic';
      return (await database.query(sql, [accountId])).map(({ topic }) => String(topic));
    },
    usePlan: async ({ accountId }, slug) => {
      const sql =
        'update subscription set plan_id = (select id from plan where slug = $2) where account_id = $1';
      await database.query(sql, [accountId, slug]);
    },
    inAccount: ({ accountId, userId }, work, changes = {}) => {
      const call = { ...callOf(userId), ...changes };
      return database.api.inAccount.write(
        { accountId },
        call,
        inLock((tx) => work({ ...ports, ...call, tx })),
      );
    },
    asStaff: async ({ accountId }, work, { email = `${newId()}@staff.test`, at = now } = {}) => {
      const staffId = await insertStaff(database, email);
      const actor = { kind: 'staff', staffId, role: 'finance', sessionId: newId() } as const;
      const call = { actor, requestId: newId(), now: at };
      return database.admin.inAccount.write(
        { accountId },
        call,
        inLock((tx) => work({ ...ports, ...call, tx })),
      );
    },
    person: (userId, at = now) => ({
      ...directory(at),
      actor: actorOf(userId),
      commit: (work) =>
        database.api.withoutAccount.write({ userId }, async (tx) => {
          await lockUser(tx, userId);
          return work(tx);
        }),
      commitInAccount: (accountId, work) => {
        const call = { ...callOf(userId), now: at };
        return database.api.inAccount.write({ accountId, userId }, call, work);
      },
    }),
    member: ({ accountId, userId }, at = now) => {
      const call = { ...callOf(userId), now: at };
      const commit: MemberContext['commit'] = (work) =>
        database.api.inAccount.write({ accountId, userId }, call, inLock(work));
      return { ...directory(at), ...call, commit };
    },
    close: async () => {
      await recorded.settle();
      await database.close();
    },
  };
}

/** Work that begins with the account's lock, as the gate begins a change. */
function inLock<T>(work: (tx: AccountTransaction) => Promise<T>) {
  return async (tx: AccountTransaction): Promise<T> => {
    await lockAccount(tx);
    return work(tx);
  };
}

async function insertMember(database: TestDatabase, { accountId }: Tenant, role: Role): Promise<string> {
  const userId = newId();
  await database.query(
    `insert into app_user (id, email, email_digest, password_hash, created_at) values ($1, $2, $3, 'none', $4)`,
    [userId, `${userId}@example.test`, userId, now],
  );
  await addMembership(database, { accountId, userId, role });
  return userId;
}

async function insertStaff(database: TestDatabase, email: string): Promise<string> {
  const [row] = await database.query(
    `insert into staff (id, email, email_digest, role, password_hash, created_at) values ($1, $2, $2, 'finance', 'none', $3)
     on conflict (email_digest) do update set email = excluded.email returning id`,
    [newId(), email, now],
  );
  return String(row?.['id']);
}

/** What a service answered. Throws for a refusal, so that a test names each refusal that it expects. */
export function accepted<T>(answer: T): Exclude<T, Refusal> {
  if (isRefusal(answer)) throw new Error(`The service refused: ${JSON.stringify(answer)}`);
  return withoutRefusal(answer);
}

// The caller has excluded refusals, which TypeScript cannot follow for a type parameter.
function withoutRefusal<T>(answer: T): Exclude<T, Refusal> {
  return answer as Exclude<T, Refusal>;
}

/** The code of a refusal, or `ok`. */
export const codeOf = (answer: unknown): string => (isRefusal(answer) ? answer.refused : 'ok');
