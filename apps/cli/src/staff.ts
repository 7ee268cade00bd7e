import { readStaffConfig } from '@tenantry/config/cli';
import { currentEnvironment, runCommand } from '@tenantry/config/process';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { openDatabase } from '@tenantry/db/transaction';
import { isEmail, normaliseEmail } from '@tenantry/domain/email';
import { type StaffRole, staffRoles } from '@tenantry/domain/permissions';
import { isRefusal } from '@tenantry/domain/refusals';
import { openMemberIdentity } from '@tenantry/identity/port';
import {
  type StaffChange,
  addStaff,
  disableStaff,
  listStaff,
  resetStaff,
} from '@tenantry/services/staff/members';
import { type Command, Option } from 'commander';

type Clock = () => Date;

/** Runs work as the owner of the schema, who alone writes staff. */
async function asOwner<T>(clock: Clock, work: (context: StaffChange) => Promise<T>): Promise<T> {
  const database = openDatabase(await openOrm(readStaffConfig(currentEnvironment()).ownerUrl, 1));
  const actor = { kind: 'system', job: 'cli' } as const;
  try {
    return await work({ actor, requestId: newId(), now: clock(), database, identity: openMemberIdentity() });
  } finally {
    await database.close();
  }
}

/** The one spelling of an address. Throws for a text that is none. */
function addressOf(text: string): string {
  const email = normaliseEmail(text);
  if (!isEmail(email)) throw new Error(`${JSON.stringify(text)} is not an e-mail address`);
  return email;
}

const shownOnce = (password: string) =>
  `Password  ${password}\nIt is shown only now. \`tenantry staff reset\` makes another.`;

async function add(clock: Clock, text: string, role: StaffRole): Promise<string> {
  const email = addressOf(text);
  const added = await asOwner(clock, (context) => addStaff(context, { email, role }));
  if (isRefusal(added))
    throw new Error(`${email} is staff already; \`tenantry staff reset ${email}\` makes a new password`);
  return `${email} is now staff with the role ${role}.\n${shownOnce(added.password)}`;
}

async function list(clock: Clock): Promise<string> {
  const staff = await asOwner(clock, listStaff);
  if (staff.length === 0) return 'There is no staff. `tenantry staff add` adds the first member.';
  const lines = staff.map(({ email, role, disabledAt, lastSignInAt }) =>
    [
      email,
      role,
      disabledAt === null ? 'enabled' : `disabled ${disabledAt}`,
      lastSignInAt === null ? 'never signed in' : `signed in ${lastSignInAt}`,
    ].join('\t'),
  );
  return lines.join('\n');
}

async function disable(clock: Clock, text: string): Promise<string> {
  const email = addressOf(text);
  const done = await asOwner(clock, (context) => disableStaff(context, { email }));
  if (isRefusal(done))
    throw new Error(done.refused === 'conflict' ? `${email} is disabled already` : `${email} is not staff`);
  return `${email} can no longer sign in, and every session of theirs has ended.`;
}

async function reset(clock: Clock, text: string, enable: boolean): Promise<string> {
  const email = addressOf(text);
  const done = await asOwner(clock, (context) => resetStaff(context, { email, enable }));
  if (isRefusal(done))
    throw new Error(
      done.refused === 'conflict'
        ? `${email} is disabled; --enable lets them sign in again`
        : `${email} is not staff; \`tenantry staff add\` adds them`,
    );
  return `${email} has a new password and no second factor, and every session of theirs has ended.\n${shownOnce(done.password)}`;
}

/** Adds the commands on the operator's staff. */
export function addStaffCommands(program: Command, clock: Clock): void {
  const staff = program.command('staff').description('the people who sign in at the admin app');
  const print = (work: () => Promise<string>) => runCommand(async () => console.log(await work()));
  staff
    .command('add')
    .description('add a member of staff, and show their password once')
    .argument('<email>')
    .addOption(new Option('--role <role>', 'what they may do').choices(staffRoles).makeOptionMandatory())
    .action((email: string, { role }: { role: StaffRole }) => print(() => add(clock, email, role)));
  staff
    .command('list')
    .description('list staff with role, state and last sign-in')
    .action(() => print(() => list(clock)));
  staff
    .command('disable')
    .description('refuse a member of staff every sign-in, and end their sessions')
    .argument('<email>')
    .action((email: string) => print(() => disable(clock, email)));
  staff
    .command('reset')
    .description(
      'give a member of staff a new password, show it once, remove their second factor, and end their sessions',
    )
    .argument('<email>')
    .option('--enable', 'also let a disabled member sign in again', false)
    .action((email: string, { enable }: { enable: boolean }) => print(() => reset(clock, email, enable)));
}
