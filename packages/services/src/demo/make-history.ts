import { applyCatalogue } from '@tenantry/db/catalogue/apply';
import { readCatalogue } from '@tenantry/db/catalogue/read';
import { findStaffByEmail, recordSecurityEvent } from '@tenantry/db/staff/queries';
import type { Database } from '@tenantry/db/transaction';
import { findUserByEmail } from '@tenantry/db/user/queries';
import type { Actor } from '@tenantry/domain/actor';
import type { Catalogue, CataloguePlan } from '@tenantry/domain/catalogue/catalogue';
import { addDays } from '@tenantry/domain/time';
import { newId } from '@tenantry/db/ids';
import type { Background, Emails, Identity } from '../ports.ts';
import { emailOf, planStory } from './begin.ts';
import { cast } from './cast.ts';
import { choicesOf } from './random.ts';
import { relayUntil } from './relay.ts';
import { importLastStatement } from './statements.ts';
import { openTimeline } from './timeline.ts';
import type { Story } from './stories.ts';
import { type DemoPorts, type DemoStaff, type World, callOf } from './world.ts';

/** What the history is made with. The database is the owner's: tenants, staff and the worker act in it. */
interface HistoryOptions extends DemoPorts {
  database: Database;
  /** When it ends. */
  now: Date;
  password: string;
  staffEmails: Readonly<Record<keyof DemoStaff, string>>;
  /** Above which amounts two members of staff confirm. */
  secondApproverAmounts: Readonly<Record<string, number>>;
}

/**
 * Lives twelve months of the demo's accounts, up to now, by calling the services at artificial times, and answers how many
 * accounts it made. An account that is there already is left as it is, and so is a database whose catalogue does not sell
 * what the demo's does.
 */
export async function makeHistory(options: HistoryOptions): Promise<number> {
  const world = await openWorld(options);
  const { database, identity, timeline, until } = world;
  const missing: Story[] = [];
  for (const story of cast)
    if ((await findUserByEmail(database, identity.digestText(emailOf(story)))) === null) missing.push(story);
  const catalogue = await database.withoutAccount.read({}, readCatalogue);
  if (missing.length === 0 || !sellsWhatIsNeeded(catalogue)) return 0;
  await putPioneer(world, catalogue, { state: 'listed', at: addDays(until, -400) });
  for (const story of missing) planStory(world, story);
  timeline.at(addDays(until, -3), (at) => putPioneer(world, catalogue, { state: 'withdrawn', at }));
  timeline.at(addDays(until, -5), (at) => tryWithoutPower(world, at));
  timeline.at(addDays(until, -0.1), (at) => importLastStatement(world, at));
  await timeline.run(until, (at) => relayUntil(world, at));
  return missing.length;
}

function sellsWhatIsNeeded({ plans, packages, operations }: Catalogue): boolean {
  const has = (part: object, ...names: string[]) => names.every((name) => name in part);
  return (
    has(plans, 'trial', 'starter', 'growth') &&
    has(packages, 'small', 'large') &&
    has(operations, 'write_content', 'generate_ideas', 'summarise', 'generate_image', 'cluster_keywords')
  );
}

/** Support tries what only finance may do. The gate refuses it and writes it down. */
function tryWithoutPower({ database, staff }: World, at: Date): Promise<void> {
  const call = callOf(staff.support, at);
  return recordSecurityEvent(database, call, 'billing.confirmBankTransfer', { refused: 'role_forbids' });
}

/** Sells a plan of the first customers, or withdraws it. */
async function putPioneer(
  { database, staff }: World,
  catalogue: Catalogue,
  { state, at }: { state: CataloguePlan['state']; at: Date },
): Promise<void> {
  const { starter } = catalogue.plans;
  if (starter === undefined) throw new Error('The catalogue has no plan starter.');
  const legacy = { ...starter, name: 'Pioneer', state, price: { ...starter.price, amount: 1900 } };
  const wanted = { ...catalogue, plans: { ...catalogue.plans, legacy } };
  const applied = await applyCatalogue(database, wanted, callOf(staff.admin, at));
  if ('faults' in applied) throw new Error(applied.faults.join(' '));
}

async function openWorld(options: HistoryOptions): Promise<World> {
  const { database, identity, now, password, secondApproverAmounts, staffEmails } = options;
  const passwordHash = await identity.hashPassword(password);
  const { token, emails } = openEmails();
  const { proofs, webhookTargets, readStatement, drawProof } = options;
  return {
    proofs,
    webhookTargets,
    readStatement,
    drawProof,
    database,
    // Everybody has the one password, which is hashed once.
    identity: { ...identity, hashPassword: async () => passwordHash },
    staff: await staffOf(database, identity, staffEmails),
    timeline: openTimeline(),
    choices: choicesOf(20_260_301),
    until: now,
    password,
    approvals: { secondApproverAmounts, secondApproverCredits: undefined },
    emails,
    background: refusesBackground,
    endpoints: 0,
    lastToken: token,
  };
}

/** Nothing of the history runs beside it. */
const refusesBackground: Background = { run: (_name, work) => void work() };

/** E-mails that go nowhere, and the token of the newest link. */
function openEmails(): { emails: Emails; token: () => string } {
  let newest = '';
  const page = (name: string) => `https://portal.demo.tenantry.example/${name}`;
  return {
    token: () => newest,
    emails: {
      send: async () => undefined,
      page,
      link: (name, token) => {
        newest = token;
        return `${page(name)}#token=${token}`;
      },
    },
  };
}

async function staffOf(
  database: Database,
  identity: Pick<Identity, 'digestText'>,
  emails: HistoryOptions['staffEmails'],
): Promise<DemoStaff> {
  const actorOf = async (email: string): Promise<Actor> => {
    const staff = await findStaffByEmail(database, identity.digestText(email));
    if (staff === null) throw new Error(`There is no staff ${email}.`);
    return { kind: 'staff', staffId: staff.id, role: staff.role, sessionId: newId() };
  };
  return {
    support: await actorOf(emails.support),
    finance: await actorOf(emails.finance),
    second: await actorOf(emails.second),
    admin: await actorOf(emails.admin),
  };
}
