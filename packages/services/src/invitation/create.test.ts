import type { CreateInvitationInput } from '@tenantry/contract/invitation';
import { newId } from '@tenantry/db/ids';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  actorOf,
  codeOf,
  openServiceTest,
  password,
  secondsAfter,
} from '../service.fixture.ts';
import { acceptInvitation } from './accept.ts';
import { createInvitation } from './create.ts';
import { deleteInvitation } from './delete.ts';
import { listInvitations } from './list.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const days = (count: number) => secondsAfter(count * 86_400);
const newAddress = () => `${newId()}@example.test`;
const invite = (
  tenant: Tenant,
  email: string,
  { by = tenant.userId, role = 'viewer', ...more }: Partial<CreateInvitationInput> & { by?: string } = {},
) =>
  services.inAccount(tenant, (context) => createInvitation(context, { email, role, ...more }), {
    actor: actorOf(by),
  });
const revoke = (tenant: Tenant, invitationId: string) =>
  services.inAccount(tenant, (context) => deleteInvitation(context, { invitationId }));
const tokenFor = async (email: string) => (await services.tokenFor(email, 'invitation')) ?? '';
const accept = (token: string) => acceptInvitation(services.directory(), { token, password });

describe('inviting', () => {
  it('is for owners and admins, also when the gate read another role', async () => {
    const tenant = await services.register();
    await services.usePlan(tenant, 'growth');
    for (const role of ['editor', 'viewer'] as const) {
      const by = await services.addMember(tenant, role);
      expect(codeOf(await invite(tenant, newAddress(), { by, role: 'viewer' }))).toBe('role_forbids');
    }
  });

  it('is open for a week, and only the e-mail has the token', async () => {
    const tenant = await services.register();
    const email = newAddress();
    const answer = accepted(await invite(tenant, email.toUpperCase(), { role: 'editor' }));
    expect(answer).toMatchObject({ email, role: 'editor', status: 'open', expiresAt: days(7) });
    const token = await tokenFor(email);
    expect(token).toHaveLength(43);
    expect(JSON.stringify(answer)).not.toContain(token);
  });

  it('is refused for a role above the own, and to who is no member', async () => {
    const tenant = await services.register();
    await services.usePlan(tenant, 'unthrottled');
    const admin = await services.addMember(tenant, 'admin');
    expect(codeOf(await invite(tenant, newAddress(), { by: admin, role: 'owner' }))).toBe('role_forbids');
    expect(codeOf(await invite(tenant, newAddress(), { by: admin, role: 'admin' }))).toBe('ok');
    expect(codeOf(await invite(tenant, newAddress(), { by: newId() }))).toBe('role_forbids');
  });

  it('is refused for sites with a role that sees all of them, and for a site that is not there', async () => {
    const tenant = await services.register();
    const siteIds = [newId()];
    expect(codeOf(await invite(tenant, newAddress(), { role: 'admin', siteIds }))).toBe('conflict');
    expect(codeOf(await invite(tenant, newAddress(), { role: 'editor', siteIds }))).toBe('not_found');
  });

  it('takes a seat of the plan until it is revoked, and sends nothing when there is none', async () => {
    const tenant = await services.register();
    const [first, second] = [newAddress(), newAddress()];
    accepted(await invite(tenant, first));
    expect(await invite(tenant, second)).toEqual(refuse('plan_limit_reached', { limit: 2, used: 2 }));
    expect(await services.tokenFor(second, 'invitation')).toBeUndefined();
    const again = accepted(await invite(tenant, first));
    expect(await revoke(tenant, again.id)).toEqual({ id: again.id });
    expect(codeOf(await invite(tenant, second))).toBe('ok');
  });
});

describe('inviting a member', () => {
  it('is refused, whatever the role and the spelling, and sends nothing', async () => {
    const [tenant, known] = [await services.register(), await services.register()];
    await services.usePlan(tenant, 'growth');
    accepted(await invite(tenant, known.email, { role: 'viewer' }));
    accepted(await accept(await tokenFor(known.email)));
    const sent = services.emails.length;
    for (const role of ['viewer', 'admin'] as const)
      expect(codeOf(await invite(tenant, known.email.toUpperCase(), { role }))).toBe('already_member');
    expect(codeOf(await invite(tenant, tenant.email))).toBe('already_member');
    await services.settle();
    expect(services.emails).toHaveLength(sent);
  });

  it('of another account says nothing about them', async () => {
    const [tenant, known] = [await services.register(), await services.register()];
    expect(accepted(await invite(tenant, known.email))).toMatchObject({ status: 'open' });
  });
});

describe('inviting an address again', () => {
  it('answers the new offer, and lists the earlier one as revoked', async () => {
    const tenant = await services.register();
    const email = newAddress();
    const first = accepted(await invite(tenant, email, { role: 'viewer' }));
    const second = accepted(await invite(tenant, email, { role: 'editor' }));
    expect(second).toMatchObject({ role: 'editor', status: 'open' });
    const { items } = await services.inAccount(tenant, (context) => listInvitations(context, { limit: 10 }));
    expect(items).toEqual([second, { ...first, status: 'revoked' }]);
  });
});

describe('the e-mail of an invitation', () => {
  it('quotes the names of the account and of who invites', async () => {
    const tenant = await services.register({ accountName: 'Sign in at evil.example' });
    await services.database.query("update app_user set name = 'Eve <b>@evil.example' where id = $1", [
      tenant.userId,
    ]);
    const email = newAddress();
    accepted(await invite(tenant, email));
    await services.settle();
    const sent = services.emails.findLast(({ to }) => to === email);
    expect(sent?.subject).toBe('You are invited to “Sign in at evil[.]example”');
    expect(sent?.text).toMatch(
      /^“Eve <b>\[@\]evil\[.\]example” invites you to join “Sign in at evil\[.\]example”/,
    );
    expect(sent?.html).toContain('<bdi>“Eve &lt;b&gt;[@]evil[.]example”</bdi>');
  });
});

describe('the bounds of invitations', () => {
  it('are three an hour to one mailbox, from whatever account, and the fourth is refused with the time', async () => {
    const mailbox = newId();
    const tenants = await Promise.all(Array.from({ length: 4 }, () => services.register()));
    const answers = [];
    for (const [index, tenant] of tenants.entries())
      answers.push(await invite(tenant, `${mailbox}+${index}@example.test`));
    expect(answers.map(codeOf)).toEqual(['ok', 'ok', 'ok', 'throttled']);
    expect(answers[3]).toEqual(refuse('throttled', { retryAfterSeconds: 3600 }));
  });

  it('are 20 a day for a small account, however many are asked for at once, with the figures', async () => {
    const tenant = await services.register();
    const inviteAndRevoke = async () => {
      const made = await invite(tenant, newAddress());
      if (!isRefusal(made)) await revoke(tenant, made.id);
      return made;
    };
    const first = [];
    for (let count = 0; count < 15; count += 1) first.push(await inviteAndRevoke());
    expect(first.map(codeOf)).toEqual(Array(15).fill('ok'));
    await services.usePlan(tenant, 'unthrottled');
    await services.database.query('update plan set users_max = 10 where slug = $1', ['unthrottled']);
    // Who waits longer than two seconds for the account's lock gives up; the rest is counted.
    const raced = await Promise.allSettled(Array.from({ length: 100 }, () => invite(tenant, newAddress())));
    const answers = raced.flatMap((one) => (one.status === 'fulfilled' ? [codeOf(one.value)] : []));
    expect(new Set([...answers, 'throttled'])).toEqual(new Set(['ok', 'throttled']));
    for (let count = 0; count < 6; count += 1) await invite(tenant, newAddress());
    const [row] = await services.database.query(
      'select count(*)::int as made from invitation where account_id = $1',
      [tenant.accountId],
    );
    expect(row).toEqual({ made: 20 });
    expect(await invite(tenant, newAddress())).toEqual(
      refuse('throttled', { limit: 20, used: 20, retryAfterSeconds: 86_400 }),
    );
    await services.database.query('update plan set users_max = 2000000000 where slug = $1', ['unthrottled']);
    await services.usePlan(tenant, 'trial');
  });
});

describe('revoking an invitation', () => {
  it('is refused once it was accepted, and for one of another account', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const email = newAddress();
    const { id } = accepted(await invite(tenant, email));
    expect(codeOf(await revoke(other, id))).toBe('not_found');
    accepted(await accept(await tokenFor(email)));
    expect(codeOf(await revoke(tenant, id))).toBe('conflict');
  });
});
