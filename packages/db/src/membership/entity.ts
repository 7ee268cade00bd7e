import { defineEntity, p } from '@mikro-orm/core';
import type { Role } from '@tenantry/domain/permissions';

const MembershipSchema = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    accountId: p.uuid().primary(),
    userId: p.uuid().primary(),
    role: p.text().$type<Role>(),
    /** The sites it is limited to; null for all. */
    siteIds: p.json<string[]>().nullable(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});
/** A user's place in an account. A directory: it is read by account or by user, as its policy says. */
export class Membership extends MembershipSchema.class {}
MembershipSchema.setClass(Membership);
