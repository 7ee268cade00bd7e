import { defineEntity, p } from '@mikro-orm/core';

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'app_user',
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    emailDigest: p.text(),
    name: p.text().nullable(),
    passwordHash: p.text(),
    emailVerifiedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});
/** A person; may belong to several accounts. */
export class User extends UserSchema.class {}
UserSchema.setClass(User);
