import type { GuardKey } from '@tenantry/db/session/guard';
import type { StaffIdentity } from '../ports.ts';

type Digest = { readonly identity: Pick<StaffIdentity, 'digestText'> };

/** What the codes of the second factor of a member of staff are counted under, wherever they are tried from. */
export const staffFactorGuard = ({ identity }: Digest, staffId: string): GuardKey => ({
  key: identity.digestText(`staff ${staffId} second factor`),
  subject: null,
});

/** What the passwords are counted under that a signed-in member of staff is asked for again. */
export const staffPasswordGuard = ({ identity }: Digest, staffId: string): GuardKey => ({
  key: identity.digestText(`staff ${staffId} password`),
  subject: null,
});
