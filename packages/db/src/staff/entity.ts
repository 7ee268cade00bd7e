import { defineEntity, p } from '@mikro-orm/core';
import type { StaffRole } from '@tenantry/domain/permissions';

const StaffSchema = defineEntity({
  name: 'Staff',
  tableName: 'staff',
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    emailDigest: p.text(),
    role: p.text().$type<StaffRole>(),
    passwordHash: p.text(),
    userId: p.uuid().nullable(),
    createdAt: p.datetime(),
    /** Since when they may not sign in. */
    disabledAt: p.datetime().nullable(),
  },
});
/** A person who operates the app; never a tenant. Read by the admin role alone. */
export class Staff extends StaffSchema.class {}
StaffSchema.setClass(Staff);

const StaffSessionSchema = defineEntity({
  name: 'StaffSession',
  tableName: 'staff_session',
  properties: {
    id: p.uuid().primary(),
    staffId: p.uuid(),
    tokenDigest: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
    /** Null before the first use that was written down. */
    lastUsedAt: p.datetime().nullable(),
    /** The address that the session began at. */
    address: p.text().nullable(),
  },
});
/** A sign-in of staff, with the digest of its one token. */
export class StaffSession extends StaffSessionSchema.class {}
StaffSessionSchema.setClass(StaffSession);

const SecurityEventSchema = defineEntity({
  name: 'SecurityEvent',
  tableName: 'security_event',
  properties: {
    id: p.uuid().primary(),
    at: p.datetime(),
    action: p.text(),
    actor: p.text(),
    requestId: p.text(),
    facts: p.json<Record<string, string>>(),
  },
});
/** A change without an account, or a refused call of staff on money; append-only. */
export class SecurityEvent extends SecurityEventSchema.class {}
SecurityEventSchema.setClass(SecurityEvent);
