import type { Actor } from '@tenantry/domain/actor';
import type { Flow } from '@tenantry/services/ports';
import type { Street } from './street.ts';

/** What a verb without an account is handed. */
export function flowOf({ house, incoming, now }: Street, actor: Actor = { kind: 'anonymous' }): Flow {
  return { database: house.database, deed: { actor, requestId: incoming.requestId, now } };
}
