import { openOrm } from '@tenantry/db/orm';
import { type Database, openDatabase } from '@tenantry/db/transaction';
import { newId } from '@tenantry/db/ids';
import { isRefusal } from '@tenantry/domain/refusals';
import { openStaffIdentity } from '@tenantry/identity/port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServiceTest, now, openServiceTest, secondsAfter } from '../service.fixture.ts';
import { createStaffSession } from './create-session.ts';
import { type StaffChange, addStaff, disableStaff, listStaff, resetStaff } from './members.ts';

let app: ServiceTest;
let owner: Database;
beforeAll(async () => {
  app = await openServiceTest();
  owner = openDatabase(await openOrm(app.database.url('tenantry_owner'), 4));
});
afterAll(async () => {
  await owner.close();
  await app.close();
});

const identity = openStaffIdentity({ secondFactorKeys: [{ id: 'test', secret: 's'.repeat(32) }] });
const asOperator = (at = now): StaffChange => ({
  actor: { kind: 'system', job: 'cli' },
  requestId: newId(),
  now: at,
  database: owner,
  identity,
});

/** Signs in at the admin app; answers the role, or the refusal. */
async function signIn(email: string, password: string): Promise<string> {
  const context = { ...app.directory(), database: app.database.admin, address: '192.0.2.1', identity };
  const session = await createStaffSession(context, { email, password, delivery: 'token' });
  return isRefusal(session) ? session.refused : session.staff.role;
}

async function added(email: string): Promise<string> {
  const staff = await addStaff(asOperator(), { email, role: 'finance' });
  if (isRefusal(staff)) throw new Error(staff.refused);
  return staff.password;
}

const openSessions = async (email: string) =>
  (
    await app.database.query(
      'select 1 from staff_session join staff on staff.id = staff_id where email = $1 and revoked_at is null',
      [email],
    )
  ).length;

describe('staff that the operator adds', () => {
  it('sign in with the password that was shown, which is stored only as a hash', async () => {
    const staff = await addStaff(asOperator(), { email: ' Ada@Staff.Example ', role: 'support' });
    expect(staff).toMatchObject({ email: 'ada@staff.example', role: 'support' });
    const password = isRefusal(staff) ? '' : staff.password;
    expect(password).toMatch(/^[\w-]{20}$/);
    expect(await signIn('ada@staff.example', password)).toBe('support');
    const [row] = await app.database.query('select * from staff where email = $1', ['ada@staff.example']);
    expect(JSON.stringify(row)).not.toContain(password);
    const [event] = await app.database.query(
      "select actor, facts from security_event where action = 'staff.add'",
    );
    expect(event).toEqual({ actor: 'system:cli', facts: { staffId: row?.['id'], role: 'support' } });
  });

  it('are one person for one address, however it is spelled, and disabled ones too', async () => {
    await added('bob@staff.example');
    const again = { email: 'BOB@staff.example', role: 'platform_admin' } as const;
    expect(await addStaff(asOperator(), again)).toMatchObject({ refused: 'email_taken' });
    await disableStaff(asOperator(), { email: 'bob@staff.example' });
    expect(await addStaff(asOperator(), again)).toMatchObject({ refused: 'email_taken' });
  });

  it('are not written by the role of the API', async () => {
    const context = { ...asOperator(), database: app.database.api };
    await expect(addStaff(context, { email: 'eve@staff.example', role: 'platform_admin' })).rejects.toThrow(
      /permission denied for table staff/,
    );
  });
});

describe('staff who are disabled', () => {
  it('lose their sessions at once and cannot sign in, and the refusal tells nothing', async () => {
    const password = await added('cy@staff.example');
    expect(await signIn('cy@staff.example', password)).toBe('finance');
    expect(await openSessions('cy@staff.example')).toBe(1);
    expect(await disableStaff(asOperator(), { email: 'CY@staff.example' })).toEqual({ role: 'finance' });
    expect(await openSessions('cy@staff.example')).toBe(0);
    expect(await signIn('cy@staff.example', password)).toBe('unauthenticated');
    expect(await disableStaff(asOperator(), { email: 'cy@staff.example' })).toMatchObject({
      refused: 'conflict',
    });
  });

  it('keep no session of a sign-in that was under way', async () => {
    const password = await added('dan@staff.example');
    const [, ...outcomes] = await Promise.all([
      disableStaff(asOperator(), { email: 'dan@staff.example' }),
      ...Array.from({ length: 6 }, () => signIn('dan@staff.example', password)),
    ]);
    expect(outcomes.every((outcome) => ['finance', 'unauthenticated'].includes(outcome))).toBe(true);
    expect(await openSessions('dan@staff.example')).toBe(0);
  });

  it('sign in again only after a reset that says so', async () => {
    const former = await added('eli@staff.example');
    await disableStaff(asOperator(), { email: 'eli@staff.example' });
    const email = 'eli@staff.example';
    expect(await resetStaff(asOperator(), { email, enable: false })).toMatchObject({ refused: 'conflict' });
    const reset = await resetStaff(asOperator(), { email, enable: true });
    expect(await signIn(email, former)).toBe('unauthenticated');
    expect(await signIn(email, isRefusal(reset) ? '' : reset.password)).toBe('finance');
  });
});

describe('a reset of staff', () => {
  it('replaces the password and ends every session', async () => {
    const former = await added('fay@staff.example');
    const email = 'fay@staff.example';
    await signIn(email, former);
    const reset = await resetStaff(asOperator(), { email, enable: false });
    expect(await openSessions(email)).toBe(0);
    expect(await signIn(email, former)).toBe('unauthenticated');
    expect(await signIn(email, isRefusal(reset) ? '' : reset.password)).toBe('finance');
    const events = await app.database.query("select facts from security_event where action = 'staff.reset'");
    expect(JSON.stringify(events)).not.toContain('password');
  });

  it('refuses an address that nobody has', async () => {
    const email = 'nobody@staff.example';
    expect(await resetStaff(asOperator(), { email, enable: true })).toMatchObject({ refused: 'not_found' });
    expect(await disableStaff(asOperator(), { email })).toMatchObject({ refused: 'not_found' });
  });
});

it('the list of staff says who may sign in, and when they last did', async () => {
  const password = await added('gus@staff.example');
  await signIn('gus@staff.example', password);
  await added('hal@staff.example');
  await disableStaff(asOperator(secondsAfter(60)), { email: 'hal@staff.example' });
  const shown = (await listStaff({ database: owner })).filter(({ email }) => /^(gus|hal)@/.test(email));
  const id: unknown = expect.any(String);
  const created = { id, role: 'finance', createdAt: '2026-03-02T12:00:00Z', hasSecondFactor: false };
  expect(shown).toEqual([
    { ...created, email: 'gus@staff.example', disabledAt: null, lastSignInAt: '2026-03-02T12:00:00Z' },
    { ...created, email: 'hal@staff.example', disabledAt: '2026-03-02T12:01:00Z', lastSignInAt: null },
  ]);
});
