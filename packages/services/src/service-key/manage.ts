import type { PageInput } from '@tenantry/contract/page';
import type {
  CreateServiceKeyInput,
  RotateServiceKeyInput,
  ServiceKeyInput,
} from '@tenantry/contract/service-key';
import { newId } from '@tenantry/db/ids';
import type { ServiceKey } from '@tenantry/db/service-key/entity';
import {
  endServiceKey,
  insertServiceKey,
  isServiceKeyReplaced,
  listServiceKeys as findServiceKeys,
  lockServiceKey,
} from '@tenantry/db/service-key/queries';
import type { CallInfo, Transaction } from '@tenantry/db/transaction';
import { actorName } from '@tenantry/domain/actor';
import { refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext, PersonContext } from '../context.ts';
import type { ServiceKeyIdentity } from '../ports.ts';

/** What a change of service keys is given; `commit` writes it with its security event. */
export type ServiceKeyChange = Pick<PersonContext, 'commit'> &
  CallInfo & { readonly identity: ServiceKeyIdentity };

/** A page of the service keys, newest first; those that have ended too. None shows its digest. */
export async function listServiceKeys({ database }: Pick<DirectoryContext, 'database'>, input: PageInput) {
  const page = await database.withoutAccount.read({}, (tx) => findServiceKeys(tx, input));
  return { ...page, items: page.items.map(serviceKeyView) };
}

/** Makes a service key; only this answer has its secret. Refuses `invalid_input` for an expiry that has passed. */
export async function createServiceKey(context: ServiceKeyChange, input: CreateServiceKeyInput) {
  const { expiresAt, scopes, allowedAddresses = [] } = input;
  if (expiresAt !== undefined && expiresAt <= context.now)
    return refuse('invalid_input', { errors: [{ path: 'expiresAt', message: 'has passed' }] });
  return context.commit((tx) =>
    insertNew(tx, context, {
      ...input,
      allowedAddresses,
      scopes: [...new Set(scopes)],
      expiresAt: expiresAt ?? null,
      predecessorId: null,
    }),
  );
}

/**
 * Makes a service key that can do what another can, until the same time. The other works for `overlapSeconds` more, and
 * never longer than it would have; the key that it had replaced itself ends now, so that one predecessor at most lives
 * on. Refuses `not_found`, and `conflict` for a key that is revoked, has expired, or was replaced already.
 */
export function rotateServiceKey(
  context: ServiceKeyChange,
  { serviceKeyId, overlapSeconds }: RotateServiceKeyInput,
) {
  const { now } = context;
  return context.commit(async (tx) => {
    const old = await lockServiceKey(tx, serviceKeyId);
    if (old === null) return refuse('not_found');
    if (hasEnded(old, now) || (await isServiceKeyReplaced(tx, old.id))) return refuse('conflict');
    const { name, mode, scopes, allowedAddresses, callsPerMinute, expiresAt = null, predecessorId } = old;
    if (predecessorId != null) await endServiceKey(tx, predecessorId, { revokedAt: now });
    const until = new Date(now.getTime() + overlapSeconds * 1000);
    if (expiresAt === null || expiresAt > until) await endServiceKey(tx, old.id, { expiresAt: until });
    const like = { name, mode, scopes, allowedAddresses, callsPerMinute, expiresAt };
    return insertNew(tx, context, { ...like, predecessorId: old.id });
  });
}

/** Revokes a service key for good; revoking it again changes nothing. Refuses `not_found`. */
export function revokeServiceKey(context: ServiceKeyChange, { serviceKeyId }: ServiceKeyInput) {
  return context.commit(async (tx) => {
    const key = await lockServiceKey(tx, serviceKeyId);
    if (key === null) return refuse('not_found');
    if (key.revokedAt == null) await endServiceKey(tx, key.id, { revokedAt: context.now });
    return { id: key.id };
  });
}

type NewKey = Pick<ServiceKey, 'name' | 'mode' | 'scopes' | 'allowedAddresses' | 'callsPerMinute'> & {
  expiresAt: Date | null;
  predecessorId: string | null;
};

async function insertNew(tx: Transaction, { identity, actor, now }: ServiceKeyChange, fields: NewKey) {
  const { secret, keyId, prefix } = identity.mintServiceKey(fields.mode);
  const digest = identity.digestApiKey(secret);
  const createdBy = actorName(actor);
  const key = { ...fields, id: newId(), keyId, prefix, digest, createdBy, createdAt: now };
  await insertServiceKey(tx, key);
  return { ...serviceKeyView(key), secret };
}

const hasEnded = ({ revokedAt, expiresAt }: ServiceKey, now: Date): boolean =>
  revokedAt != null || (expiresAt != null && expiresAt <= now);

function serviceKeyView(key: Omit<ServiceKey, 'revokedAt' | 'lastUsedAt' | 'version'> & Partial<ServiceKey>) {
  const { id, name, prefix, mode, scopes, allowedAddresses, callsPerMinute, createdBy, createdAt } = key;
  return {
    id,
    name,
    prefix,
    mode,
    scopes,
    allowedAddresses,
    callsPerMinute,
    expiresAt: key.expiresAt ?? null,
    revokedAt: key.revokedAt ?? null,
    lastUsedAt: key.lastUsedAt ?? null,
    createdBy,
    predecessorId: key.predecessorId ?? null,
    createdAt,
  };
}
