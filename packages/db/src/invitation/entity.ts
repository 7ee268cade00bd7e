import { defineEntity, p } from '@mikro-orm/core';
import type { Role } from '@tenantry/domain/permissions';
import { tenantFilter } from '../tenancy.ts';

const InvitationSchema = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    email: p.text(),
    emailDigest: p.text(),
    role: p.text().$type<Role>(),
    siteIds: p.json<string[]>().nullable(),
    /** The member who made it; null where a service key did. */
    invitedBy: p.uuid().nullable(),
    /** The service key that made it, for the owner of an account that it made too. */
    invitedByKey: p.uuid().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    acceptedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
/** An offer of a place in an account, mailed to an address. */
export class Invitation extends InvitationSchema.class {}
InvitationSchema.setClass(Invitation);

const DirectorySchema = defineEntity({
  name: 'InvitationDirectoryEntry',
  tableName: 'invitation_directory',
  properties: { tokenDigest: p.text().primary(), accountId: p.uuid(), invitationId: p.uuid() },
});
/** Where a presented invitation lives; shows only the one whose token was presented. */
export class InvitationDirectoryEntry extends DirectorySchema.class {}
DirectorySchema.setClass(InvitationDirectoryEntry);
