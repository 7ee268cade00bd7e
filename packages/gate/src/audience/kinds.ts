import type { Actor } from '@tenantry/domain/actor';

type OfKind<Who, Kind extends Actor['kind']> = Extract<Who, { kind: Kind }>;

/** Whether somebody acts as a person. No key does. */
export const isPerson = <Who extends Actor>(actor: Who): actor is OfKind<Who, 'user'> =>
  actor.kind === 'user';

/** Whether somebody acts as a person, or as the operator's own backend. */
export const isPersonOrService = <Who extends Actor>(
  actor: Who,
): actor is Exclude<Who, { kind: 'api_key' | 'impersonation' }> =>
  actor.kind !== 'api_key' && actor.kind !== 'impersonation';

/** Whether the operator's own backend acts. */
export const isService = <Who extends Actor>(actor: Who): actor is OfKind<Who, 'service_key'> =>
  actor.kind === 'service_key';
