import { defineEntity, p } from '@mikro-orm/core';

/** What a token that was mailed is good for. */
export type EmailPurpose = 'password_reset' | 'email_verification' | 'email_change';

const EmailTokenSchema = defineEntity({
  name: 'EmailToken',
  tableName: 'email_token',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    purpose: p.text().$type<EmailPurpose>(),
    tokenDigest: p.text(),
    newEmail: p.text().nullable(),
    newEmailDigest: p.text().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});
/** A token that was mailed to a user, by its digest; good once. */
export class EmailToken extends EmailTokenSchema.class {}
EmailTokenSchema.setClass(EmailToken);
