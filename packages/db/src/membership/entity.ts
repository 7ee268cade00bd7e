import { defineEntity, p } from '@mikro-orm/core';
import type { Role } from '@tenantry/domain/permissions';
import { tenantFilter } from '../tenancy.ts';

const MembershipSchema = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  filters: tenantFilter(),
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
/** The role of a user in an account. */
export class Membership extends MembershipSchema.class {}
MembershipSchema.setClass(Membership);

const DirectorySchema = defineEntity({
  name: 'MembershipDirectoryEntry',
  tableName: 'membership_directory',
  properties: { userId: p.uuid().primary(), accountId: p.uuid().primary() },
});
/** One account of a user. It shows itself to the user and to the account, so that a user's accounts are found. */
export class MembershipDirectoryEntry extends DirectorySchema.class {}
DirectorySchema.setClass(MembershipDirectoryEntry);
