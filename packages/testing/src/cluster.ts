import { loginRoles } from '@tenantry/db/migrations/wall';

/** URL of a role on the test cluster; the socket trusts every role, so the password is a formality. */
export function roleUrl(socketFolder: string, role: string, database: string): string {
  return `postgresql://${role}:test@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;
}

/** URLs of all login roles. */
export function roleUrls(socketFolder: string, database: string): string[] {
  return loginRoles.map((role) => roleUrl(socketFolder, role, database));
}
