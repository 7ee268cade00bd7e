import { newId } from '@tenantry/db/ids';
import { keyScopes } from '@tenantry/domain/permissions';
import type { TestApp } from './app.ts';
import type { World } from './fixture.ts';
import { addMembership } from './memberships.ts';
import { makeKey, registerOwner } from './users.ts';

/** Another site of the account of a world, with one object of each kind that a site can have. */
export interface HiddenSite {
  siteId: string;
  /** Ids of what belongs to the site, by the field of an input that can name them. */
  ids: { siteId: string; sectorId: string; keyId: string; holdId: string; entryId: string };
  /** A person who is limited to this site, and an invitation to it alone. */
  userId: string;
  invitationId: string;
  /** Every text and id that only somebody who sees the site may read. */
  canaries: Readonly<Record<string, string>>;
}

const domain = 'canary-of-a-hidden-site.example';
/** An operation that nothing else in a world uses. */
export const hiddenOperation = 'generate_ideas';

/** Adds a second site to a world. Everything of it holds a canary. */
export async function addHiddenSite(app: TestApp, { owner, ids }: World): Promise<HiddenSite> {
  const bearer = owner.token;
  const made = async (path: string, body: Record<string, unknown>) => {
    const answer = await app.rest('POST', `/v1${path}`, { body, bearer });
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const site = await made('/sites', { name: 'CANARY-site', domain });
  const sector = await made(`/sites/${site.id}/sectors`, { name: 'CANARY-sector' });
  const place = { siteId: site.id, metadata: { label: 'CANARY-label' } };
  const hold = await made('/credits/holds', { amount: 9, ...place });
  const used = await made('/credits/holds', { operation: hiddenOperation, units: 2, ...place });
  await made(`/credits/holds/${used.id}/settle`, { units: 1 });
  const run = { prompt: 'One line.', siteId: site.id, metadata: { label: 'CANARY-run' } };
  const { runId } = await made('/operations/write_content/runs', run);
  const key = await made('/api-keys', { name: 'CANARY-key', scopes: ['credit:spend'], siteId: site.id });
  await app.rest('POST', '/v1/credits/holds', { body: { amount: 2, ...place }, bearer: key.secret });
  await app.rest('PATCH', `/v1/credits/limits/sites/${site.id}`, {
    body: { creditsPerDayMax: 987_654 },
    bearer,
  });
  const [only, both] = [await registerOwner(app), await registerOwner(app)];
  const { accountId } = owner;
  for (const [{ userId }, siteIds] of [
    [only, [site.id]],
    [both, [ids.siteId, site.id]],
  ] as const)
    await addMembership(app.database, { accountId, userId, role: 'editor', siteIds });
  const address = `canary-${newId()}@example.test`;
  const invitation = await made('/invitations', { email: address, role: 'viewer', siteIds: [site.id] });
  await made('/invitations', {
    email: `${newId()}@example.test`,
    role: 'viewer',
    siteIds: [ids.siteId, site.id],
  });
  const entries = await app.rest('GET', '/v1/credits/entries?limit=100', { bearer });
  const entry = entries.body.items.find(({ siteId }: { siteId: string | null }) => siteId === site.id);
  return {
    siteId: site.id,
    ids: { siteId: site.id, sectorId: sector.id, keyId: key.id, holdId: hold.id, entryId: entry.id },
    userId: only.userId,
    invitationId: invitation.id,
    canaries: {
      'name of the site': 'CANARY-site',
      'domain of the site': domain,
      'name of the sector': 'CANARY-sector',
      'name of the key': 'CANARY-key',
      'label of a hold': 'CANARY-label',
      'label of a run': 'CANARY-run',
      'limit of the site': '987654',
      'id of the site': site.id,
      'id of the sector': sector.id,
      'id of the key': key.id,
      'id of the hold': hold.id,
      'id of the run': runId,
      'id of the entry': entry.id,
      'id of the member': only.userId,
      'address of the member': only.email,
      'id of the invitation': invitation.id,
      'address of the invitation': address,
    },
  };
}

/** A caller who sees one site of a world. */
export interface LimitedCaller {
  who: 'editor' | 'viewer' | 'key';
  headers: Record<string, string>;
}

/** A member in each role that can be limited, and a key with every scope, who see the site of the world alone. */
export async function openLimitedCallers(app: TestApp, { owner, ids }: World): Promise<LimitedCaller[]> {
  const { accountId } = owner;
  const callers: LimitedCaller[] = [];
  for (const who of ['editor', 'viewer'] as const) {
    const person = await registerOwner(app);
    await addMembership(app.database, { accountId, userId: person.userId, role: who, siteIds: [ids.siteId] });
    const headers = { authorization: `Bearer ${person.token}`, 'tenantry-account': accountId };
    callers.push({ who, headers });
  }
  const key = await makeKey(app, owner, [...keyScopes], { siteId: ids.siteId });
  return [...callers, { who: 'key', headers: { authorization: `Bearer ${key}` } }];
}
