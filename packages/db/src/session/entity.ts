import { defineEntity, p } from '@mikro-orm/core';

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    refreshDigest: p.text(),
    cookieDigest: p.text().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
/** A sign-in of a user, with the digests of its rotating refresh token or its cookie. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
