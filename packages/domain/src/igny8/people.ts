import { isEmail, normaliseEmail } from '../email.ts';
import { isName, normaliseName } from '../name.ts';
import type { Role } from '../permissions.ts';
import type { ImportNote, OldTenant } from './source.ts';

/** A person as Tenantry writes them. */
export interface ImportedMember {
  sourceId: string;
  email: string;
  name: string | null;
  role: Role;
  joinedAt: Date;
}

const roleOf: Readonly<Record<string, Role>> = {
  owner: 'owner',
  admin: 'admin',
  editor: 'editor',
  viewer: 'viewer',
};

const nameCharactersMax = 200;

/** A name as Tenantry stores one, or undefined for a text that can be none. */
export function importedName(text: string): string | undefined {
  const name = normaliseName(text);
  return name.length <= nameCharactersMax && isName(name) ? name : undefined;
}

/**
 * The people of an account. `taken` says which addresses other people of the source have, in Tenantry's spelling, by their
 * ids. One who cannot sign in any more is left out, and a role that Tenantry does not have becomes the least one.
 */
export function importedMembers(
  { account, users }: Pick<OldTenant, 'account' | 'users'>,
  taken: ReadonlyMap<string, string>,
): { members: ImportedMember[]; notes: ImportNote[] } {
  const members: ImportedMember[] = [];
  const notes: ImportNote[] = [];
  for (const { id, email: text, name, role: oldRole, isActive, joinedAt } of users) {
    const note = (outcome: ImportNote['outcome'], reason: string) =>
      void notes.push({ outcome, table: 'users', id, account: account.id, reason });
    const email = normaliseEmail(text);
    const other = taken.get(email) ?? id;
    if (!isActive) note('left out', 'the person is not active');
    else if (!isEmail(email)) note('left out', 'the address is not one that mail can be sent to');
    else if (other !== id) note('left out', `user ${other} has the same address in another spelling`);
    else {
      const isOwner = id === account.ownerId;
      const role = isOwner ? 'owner' : roleOf[oldRole];
      if (role === undefined) note('changed', `the role ${JSON.stringify(oldRole)} becomes viewer`);
      const kept = importedName(name);
      if (kept === undefined && name.trim() !== '')
        note('changed', 'the name has characters that no name holds, and is left out');
      members.push({ sourceId: id, email, name: kept ?? null, role: role ?? 'viewer', joinedAt });
    }
  }
  if (!members.some(({ role }) => role === 'owner'))
    notes.push({
      outcome: 'changed',
      table: 'accounts',
      id: account.id,
      account: account.id,
      reason: 'nobody who is brought owns it: staff or a service key must invite an owner',
    });
  return { members, notes };
}

/** Who has which address, in Tenantry's spelling: of several people the first one. */
export function addressesOf(users: readonly { id: string; email: string }[]): Map<string, string> {
  const taken = new Map<string, string>();
  for (const { id, email } of users) {
    const address = normaliseEmail(email);
    if (!taken.has(address)) taken.set(address, id);
  }
  return taken;
}
