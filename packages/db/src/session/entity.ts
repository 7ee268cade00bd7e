import { defineEntity, p } from '@mikro-orm/core';

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    cookieDigest: p.text().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
/** A sign-in of a user, with the digest of its cookie where it is kept in one. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
