import type { Actor } from '@tenantry/domain/actor';
import type { Flow } from '@tenantry/services/ports';
import type { RequestContext } from './request-context.ts';

/** What a verb without an account is handed. */
export function flowOf({ app, incoming, now }: RequestContext, actor: Actor = { kind: 'anonymous' }): Flow {
  return { database: app.database, callInfo: { actor, requestId: incoming.requestId, now } };
}
