import { addDays, addMonths } from '@tenantry/domain/time';
import { createKey } from '../api-key/create.ts';
import { confirmEmailVerification } from '../email-verification/confirm.ts';
import { sendEmailVerification } from '../email-verification/create.ts';
import { acceptInvitation } from '../invitation/accept.ts';
import { createInvitation } from '../invitation/create.ts';
import { makeAccount } from '../registration/create.ts';
import { createSite } from '../site/create.ts';
import { act } from './acts.ts';
import { type Life, changePlan, goOn } from './life.ts';
import type { Story } from './stories.ts';
import { planUsage } from './usage.ts';
import { type World, accepted, change, directory, hoursAfter, personOf } from './world.ts';

/** How long before the first payment an account registers. */
const trialDays = 9;

/** When the paid time of a story begins; undefined for one without. */
const anchorOf = ({ paid }: Story, until: Date): Date | undefined =>
  paid && addMonths(addDays(until, -paid.days), -paid.months);

/** Plans the life of an account from its registration on. */
export function planStory(world: World, story: Story): void {
  const { timeline, until, choices } = world;
  const anchor = anchorOf(story, until);
  const joined =
    anchor === undefined
      ? hoursAfter(until, -24 * (story.joinedDays ?? 0) - choices.between(1, 9))
      : addDays(anchor, -trialDays);
  timeline.at(joined, (at) => register(world, story, at));
}

async function register(world: World, story: Story, at: Date): Promise<void> {
  const { database, until, timeline, choices } = world;
  const { name, domain, owner, registersFor, acts = [] } = story;
  const email = emailOf(story);
  const input = { email, password: world.password, accountName: name };
  const asked = registersFor && { planSlug: registersFor, paymentMethod: 'bank_transfer' as const };
  const made = accepted(
    'registration',
    await makeAccount({ ...directory(world, at), database }, { ...input, ...asked }),
  );
  const account = {
    accountId: made.account.id,
    ownerId: made.user.id,
    name,
    ownerName: owner,
    domain,
    siteIds: [],
    keyIds: [],
    seen: new Set<string>(),
    plans: 0,
  };
  const life: Life = { account, story, invoices: 0, asked: undefined };
  await goOn(world, life, at);
  timeline.at(hoursAfter(at, 1), (then) => settleIn(world, life, then));
  const anchor = anchorOf(story, until);
  if (anchor !== undefined) planFirstPayment(world, life, anchor);
  for (const one of acts)
    timeline.at(hoursAfter(until, -24 * one.daysAgo - choices.between(0, 5)), (then) =>
      act(world, life, one, then),
    );
}

/** The address of the owner of a story. */
export const emailOf = ({ owner, domain }: Pick<Story, 'owner' | 'domain'>) => `${firstOf(owner)}@${domain}`;

const firstOf = (owner: string) =>
  (owner.normalize('NFD').toLowerCase().split(' ')[0] ?? 'owner').replaceAll(/[^a-z]/g, '');

/** The first payment is confirmed at the anchor. */
function planFirstPayment(world: World, life: Life, anchor: Date): void {
  const { account, story } = life;
  const plan = story.paid?.plan ?? 'starter';
  const asked = hoursAfter(anchor, -30);
  world.timeline.at(asked, async (at) => {
    life.asked = { submitHours: 8, confirmHours: 22, proof: 'pdf', ...story.pays?.[0] };
    life.invoices += 1;
    await changePlan(world, life, plan, at);
  });
  world.timeline.at(hoursAfter(anchor, 2), (at) => invite(world, account, story, at));
}

/** Confirms the address of the owner, makes sites and keys, and begins to use them. */
async function settleIn(world: World, life: Life, at: Date): Promise<void> {
  const { account, story } = life;
  const actor = personOf(account.ownerId);
  await sendEmailVerification(directory(world, at), { userId: account.ownerId });
  const token = world.lastToken();
  accepted('confirmation', await confirmEmailVerification(directory(world, at), { token }));
  if (story.registersFor !== undefined || story.size === 0) return;
  await change(world, account.accountId, { actor, at, action: 'site.create' }, async (context) => {
    const made = await createSite(context, { name: account.name, domain: account.domain });
    if ('id' in made) account.siteIds.push(made.id);
    return made;
  });
  await change(world, account.accountId, { actor, at, action: 'apiKey.create' }, async (context) => {
    const scopes = ['site:read', 'credit:read', 'credit:spend', 'operation:run'] as const;
    const made = await createKey(context, { name: 'WordPress plugin', scopes: [...scopes] });
    if ('id' in made) account.keyIds.push(made.id);
    return made;
  });
  planUsage(world, life, at);
}

const people = ['Ana Costa', 'Ben Okafor', 'Chloe Martin', 'Deniz Kaya'] as const;

/** Colleagues join, and the account gets more sites and keys. */
async function invite(world: World, account: Life['account'], { size }: Story, at: Date): Promise<void> {
  const actor = personOf(account.ownerId);
  for (const [index, person] of people.slice(0, Math.max(0, size - 1)).entries()) {
    const role = index === 0 ? ('admin' as const) : ('editor' as const);
    const email = `${firstOf(person)}@${account.domain}`;
    await change(world, account.accountId, { actor, at, action: 'invitation.create' }, (context) =>
      createInvitation(context, { email, role }),
    );
    const accept = { token: world.lastToken(), password: world.password };
    accepted('invitation', await acceptInvitation(directory(world, hoursAfter(at, 1)), accept));
  }
  if (size < 2) return;
  const second = { name: `${account.name} shop`.slice(0, 100), domain: `shop.${account.domain}` };
  await change(world, account.accountId, { actor, at, action: 'site.create' }, async (context) => {
    const made = await createSite(context, second);
    if ('id' in made) account.siteIds.push(made.id);
    return made;
  });
  await change(world, account.accountId, { actor, at, action: 'apiKey.create' }, async (context) => {
    const made = await createKey(context, {
      name: 'Shop backend',
      scopes: ['credit:read', 'credit:spend', 'operation:run'],
    });
    if ('id' in made) account.keyIds.push(made.id);
    return made;
  });
}
