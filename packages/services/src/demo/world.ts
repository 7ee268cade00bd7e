import { lockAccount } from '@tenantry/db/account/queries';
import { insertAuditEntry } from '@tenantry/db/audit/queries';
import { newId } from '@tenantry/db/ids';
import type { AccountTransaction, CallInfo, Database } from '@tenantry/db/transaction';
import type { Actor } from '@tenantry/domain/actor';
import type { SecondApproverAmounts } from '@tenantry/domain/billing/approval';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import type { Background, Emails, Identity, ProofStore, Statements, WebhookTargets } from '../ports.ts';
import type { Choices } from './random.ts';
import type { Timeline } from './timeline.ts';

/** What a person of the demo shows as a proof of a transfer. */
export interface ShownTransfer {
  bank: string;
  payer: string;
  payee: string;
  amount: string;
  reference: string;
  on: string;
}

/** Everything outside the database that the demo's history is made with. */
export interface DemoPorts {
  identity: Identity;
  proofs: ProofStore;
  webhookTargets: WebhookTargets;
  readStatement: Statements['read'];
  /** A picture or a PDF of the receipt of a transfer. */
  drawProof(form: 'png' | 'pdf', shown: ShownTransfer): Uint8Array<ArrayBuffer>;
}

/** The staff of the demo who act in its history. */
export interface DemoStaff {
  support: Actor;
  finance: Actor;
  /** Another one, who confirms what finance approved. */
  second: Actor;
  admin: Actor;
}

/** What the events of the demo share. */
export interface World extends DemoPorts {
  database: Database;
  staff: DemoStaff;
  timeline: Timeline;
  choices: Choices;
  /** The real time, at which the history ends. */
  until: Date;
  /** The password of everybody. */
  password: string;
  approvals: { secondApproverAmounts: SecondApproverAmounts; secondApproverCredits: undefined };
  emails: Emails;
  background: Background;
  /** How many webhook endpoints there are. */
  endpoints: number;
  /** The token of the newest link that was mailed. */
  lastToken(): string;
}

/** An account of the demo as its events know it. */
export interface DemoAccount {
  accountId: string;
  ownerId: string;
  name: string;
  ownerName: string;
  domain: string;
  siteIds: string[];
  keyIds: string[];
  /** The invoices that somebody has decided on. */
  seen: Set<string>;
  /** Counts the plans for the next step, so that an older one does nothing. */
  plans: number;
}

/** How the renewals are invoiced, and that transfers are taken. */
export const settings = {
  billing: { renewalInvoiceDays: 7 },
  paymentMethods: { bankTransfer: true },
} as const;

const sessionCache = {
  forgetSession: () => undefined,
  forgetMemberships: () => undefined,
  forgetAccount: () => undefined,
};

/** The call of an actor at a time. */
export const callOf = (actor: Actor, now: Date): CallInfo => ({ actor, requestId: newId(), now });

/** The actor of a person's session. */
export const personOf = (userId: string): Actor => ({
  kind: 'user',
  userId,
  sessionId: newId(),
  via: 'session',
});

function portsOf({ identity, proofs, webhookTargets, approvals, emails, background }: World) {
  return { identity, proofs, webhookTargets, approvals, emails, background, sessionCache, ...settings };
}

/** What a service of an account is given in the demo. */
type DemoContext = CallInfo & { readonly tx: AccountTransaction } & ReturnType<typeof portsOf>;

/** Runs work in a transaction that has locked the account, as the gate does. */
export function inAccount<T>(
  world: World,
  accountId: string,
  { actor, at }: { actor: Actor; at: Date },
  work: (context: DemoContext) => Promise<T>,
): Promise<T> {
  const call = callOf(actor, at);
  return world.database.inAccount.write({ accountId }, call, async (tx) => {
    await lockAccount(tx);
    return work({ ...portsOf(world), ...call, tx });
  });
}

/** Runs a change of an account and writes its audit row with it, as the gate does. A refusal throws. */
export function change<T>(
  world: World,
  accountId: string,
  { actor, at, action, subject, facts }: Change,
  work: (context: DemoContext) => Promise<T>,
): Promise<Exclude<T, Refusal>> {
  return inAccount(world, accountId, { actor, at }, async (context) => {
    const done = accepted(action, await work(context));
    await insertAuditEntry(context.tx, action, subject ?? idOf(done), facts);
    return done;
  });
}

/** Who changes what, and what the audit keeps of it. */
interface Change {
  actor: Actor;
  at: Date;
  action: string;
  subject?: string;
  facts?: Record<string, string>;
}

function idOf(made: unknown): string | null {
  return typeof made === 'object' && made !== null && 'id' in made ? String(made.id) : null;
}

/** The context of a call by nobody. */
export function directory(world: World, at: Date) {
  const call = callOf({ kind: 'anonymous' }, at);
  const { database } = world;
  return { ...portsOf(world), ...call, database, address: '192.0.2.1' } satisfies DirectoryContext;
}

/** What a service answered. Throws for a refusal: the history of the demo is made of what is allowed. */
export function accepted<T>(what: string, answer: T): Exclude<T, Refusal> {
  if (isRefusal(answer)) throw new Error(`The demo's ${what} was refused: ${JSON.stringify(answer)}`);
  return withoutRefusal(answer);
}

// The caller has excluded refusals, which TypeScript cannot follow for a type parameter.
function withoutRefusal<T>(answer: T): Exclude<T, Refusal> {
  return answer as Exclude<T, Refusal>;
}

/** Hours after a time. */
export const hoursAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000);
