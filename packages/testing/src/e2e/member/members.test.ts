import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';
import { openWorld } from '../../fixture.ts';
import { addMembership } from '../../memberships.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

type Role = 'owner' | 'admin' | 'editor' | 'viewer';

/** A person who can sign in and belongs to the account besides their own. */
async function join(accountId: string, role: Role): Promise<Owner> {
  const person = await registerOwner(app);
  await addMembership(app.database, { accountId, userId: person.userId, role });
  return { ...person, accountId };
}

const as = ({ token, accountId }: Owner, method: string, path: string, body?: unknown) =>
  app.rest(method, `/v1${path}`, { bearer: token, body, headers: { 'tenantry-account': accountId } });
const setRole = (by: Owner, whom: Owner, role: Role) => as(by, 'PATCH', `/members/${whom.userId}`, { role });
const remove = (by: Owner, whom: Owner) => as(by, 'DELETE', `/members/${whom.userId}`);

describe('the members of an account', () => {
  it('are changed by owners, and by admins up to their own role (H7)', async () => {
    const owner = await registerOwner(app);
    const [admin, other, viewer] = [
      await join(owner.accountId, 'admin'),
      await join(owner.accountId, 'admin'),
      await join(owner.accountId, 'viewer'),
    ];
    expect(verdictOf(await setRole(admin, viewer, 'editor'))).toBe('ok');
    expect(verdictOf(await setRole(admin, viewer, 'owner'))).toBe('403 role_forbids');
    expect(verdictOf(await setRole(admin, owner, 'admin'))).toBe('403 role_forbids');
    expect(verdictOf(await remove(admin, owner))).toBe('403 role_forbids');
    expect(verdictOf(await setRole(admin, other, 'viewer'))).toBe('ok');
    expect(verdictOf(await setRole(viewer, admin, 'viewer'))).toBe('403 role_forbids');
    expect(verdictOf(await setRole(owner, admin, 'owner'))).toBe('ok');
    const { items } = (await as(owner, 'GET', '/members')).body;
    expect(items.map((member: { role: string }) => member.role)).toEqual([
      'owner',
      'owner',
      'viewer',
      'editor',
    ]);
  });

  it('always include an owner, also when two owners demote each other at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const first = await registerOwner(app);
      const second = await join(first.accountId, 'owner');
      const outcomes = await runConcurrently(2, 2, async (index) =>
        verdictOf(
          index === 0 ? await setRole(first, second, 'viewer') : await setRole(second, first, 'viewer'),
        ),
      );
      expect(outcomes['ok']).toBe(1);
      const [row] = await app.database.query(
        "select count(*)::int as owners from membership where account_id = $1 and role = 'owner'",
        [first.accountId],
      );
      expect(row).toEqual({ owners: 1 });
    }
  });

  it('lose their place at once when they are removed, and may leave by themselves, except the last owner', async () => {
    const owner = await registerOwner(app);
    const [admin, viewer] = [await join(owner.accountId, 'admin'), await join(owner.accountId, 'viewer')];
    expect(verdictOf(await as(viewer, 'GET', '/sites'))).toBe('ok');
    expect((await remove(owner, viewer)).status).toBe(204);
    await expect.poll(async () => verdictOf(await as(viewer, 'GET', '/sites'))).toBe('404 not_found');
    expect((await as(admin, 'DELETE', '/members/me')).status).toBe(204);
    await expect.poll(async () => verdictOf(await as(admin, 'GET', '/sites'))).toBe('404 not_found');
    expect(verdictOf(await as(owner, 'DELETE', '/members/me'))).toBe('409 last_owner');
    expect(verdictOf(await remove(owner, owner))).toBe('409 last_owner');
  });

  it('who were demoted after the gate admitted them are refused by the service itself (H12)', async () => {
    const owner = await registerOwner(app);
    const [admin, viewer] = [await join(owner.accountId, 'admin'), await join(owner.accountId, 'viewer')];
    expect(verdictOf(await as(admin, 'GET', '/members'))).toBe('ok');
    // Without a notification the gate still treats the member as an admin.
    await app.database.query('alter table membership disable trigger membership_access');
    await app.database.query("update membership set role = 'viewer' where user_id = $1 and account_id = $2", [
      admin.userId,
      owner.accountId,
    ]);
    expect(verdictOf(await setRole(admin, viewer, 'editor'))).toBe('403 role_forbids');
    await app.database.query('alter table membership enable trigger membership_access');
  });
});

describe('a member who is limited to sites', () => {
  it('sees and touches those alone, in every list and by every id', async () => {
    const { owner, ids } = await openWorld(app, 'World');
    const editor = await join(owner.accountId, 'editor');
    const second = await as(owner, 'POST', '/sites', { name: 'Second' });
    const foreignHold = await as(owner, 'POST', '/credits/holds', { amount: 5, siteId: second.body.id });
    const limited = await as(owner, 'PATCH', `/members/${editor.userId}/sites`, { siteIds: [ids.siteId] });
    expect(limited.body).toMatchObject({ userId: editor.userId, siteIds: [ids.siteId] });
    await expect.poll(async () => (await as(editor, 'GET', '/sites')).body.items.length).toBe(1);
    expect(verdictOf(await as(editor, 'GET', `/sites/${second.body.id}`))).toBe('404 not_found');
    expect(verdictOf(await as(editor, 'PATCH', `/sites/${second.body.id}`, { name: 'x' }))).toBe(
      '404 not_found',
    );
    expect(verdictOf(await as(editor, 'POST', `/sites/${second.body.id}/sectors`, { name: 'x' }))).toBe(
      '404 not_found',
    );
    expect(verdictOf(await as(editor, 'GET', `/credits/holds/${foreignHold.body.id}`))).toBe('404 not_found');
    expect(verdictOf(await as(editor, 'POST', `/credits/holds/${foreignHold.body.id}/release`, {}))).toBe(
      '404 not_found',
    );
    for (const path of ['/credits/holds', '/credits/entries'])
      for (const { siteId } of (await as(editor, 'GET', path)).body.items) expect(siteId).toBe(ids.siteId);
    expect(verdictOf(await as(editor, 'POST', '/credits/holds', { amount: 1 }))).toBe('403 site_forbidden');
    const run = { prompt: 'One line.', siteId: ids.siteId };
    expect(verdictOf(await as(editor, 'POST', '/operations/write_content/runs', run))).toBe('ok');
    expect(verdictOf(await as(editor, 'POST', '/operations/write_content/runs', { prompt: 'x' }))).toBe(
      '403 site_forbidden',
    );
  });

  it('is an editor or a viewer, and loses the limit with a higher role', async () => {
    const { owner, ids } = await openWorld(app, 'World');
    const member = await join(owner.accountId, 'viewer');
    const limit = (siteIds: string[] | null) =>
      as(owner, 'PATCH', `/members/${member.userId}/sites`, { siteIds });
    expect(verdictOf(await limit(['0198f000-0000-7000-8000-00000000ffff']))).toBe('404 not_found');
    expect((await limit([ids.siteId, ids.siteId])).body.siteIds).toEqual([ids.siteId]);
    expect((await setRole(owner, member, 'admin')).body).toMatchObject({ role: 'admin', siteIds: null });
    expect(verdictOf(await limit([ids.siteId]))).toBe('409 conflict');
  });

  it('cannot create sites: only an owner or an admin may', async () => {
    const { owner } = await openWorld(app, 'World');
    const editor = await join(owner.accountId, 'editor');
    expect(verdictOf(await as(editor, 'POST', '/sites', { name: 'x' }))).toBe('403 role_forbids');
  });
});

describe('a person of several accounts', () => {
  it('is refused until the call names the account', async () => {
    const owner = await registerOwner(app);
    const person = await join(owner.accountId, 'viewer');
    await expect
      .poll(async () => verdictOf(await app.rest('GET', '/v1/sites', { bearer: person.token })))
      .toBe('400 account_required');
    expect(verdictOf(await as(person, 'GET', '/sites'))).toBe('ok');
    expect((await app.rest('GET', '/v1/me', { bearer: person.token })).body.accounts).toHaveLength(2);
  });
});
