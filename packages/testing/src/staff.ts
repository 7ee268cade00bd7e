import { staffAllows, staffRoles } from '@tenantry/domain/permissions';
import type { TestApp } from './app.ts';
import { termsOf } from './procedures.ts';
import { signInStaff } from './users.ts';

/** Signs in one staff member of each role; answers who may call a procedure of the admin app, as an access token. */
export async function openStaff(app: TestApp): Promise<(procedureName: string) => string> {
  const members: { role: (typeof staffRoles)[number]; token: string }[] = [];
  for (const role of staffRoles) members.push({ role, token: await signInStaff(app, role) });
  return (procedureName) => {
    const terms = termsOf('admin', procedureName);
    const member = members.find(
      ({ role }) => terms?.audience !== 'staff' || terms.power === 'any' || staffAllows(role, terms.power),
    );
    if (member === undefined) throw new Error(`No role of staff may call ${procedureName}.`);
    return member.token;
  };
}
