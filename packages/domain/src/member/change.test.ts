import { describe, expect, it } from 'vitest';
import { type Role, roles } from '../permissions.ts';
import { canBeLimited, refusalIfMemberUnchangeable } from './change.ts';

/** Who may turn whom into what; `out` is removal. Written by hand. */
const allowed: Readonly<Record<string, string>> = {
  owner: 'owner admin editor viewer',
  admin: 'admin editor viewer',
};

describe('changing a member', () => {
  it('is allowed for exactly the pairs of the table, with another owner left', () => {
    for (const by of roles)
      for (const from of roles)
        for (const to of [...roles, undefined]) {
          const powers = (allowed[by] ?? '').split(' ');
          const expected = powers.includes(from) && (to === undefined || powers.includes(to));
          const answer = refusalIfMemberUnchangeable({ by, from, to, owners: 2 });
          expect(answer?.refused, `${by}: ${from} → ${to ?? 'out'}`).toBe(
            expected ? undefined : 'role_forbids',
          );
        }
  });

  it('never takes the last owner', () => {
    const refused = (to: Role | undefined, owners: number) =>
      refusalIfMemberUnchangeable({ by: 'owner', from: 'owner', to, owners })?.refused;
    expect([refused(undefined, 1), refused('admin', 1), refused('viewer', 1)]).toEqual(
      Array(3).fill('last_owner'),
    );
    expect([refused('owner', 1), refused(undefined, 2), refused('admin', 2)]).toEqual(
      Array(3).fill(undefined),
    );
  });

  it('limits editors and viewers to sites, and nobody else', () => {
    expect(roles.filter(canBeLimited)).toEqual(['editor', 'viewer']);
  });
});
