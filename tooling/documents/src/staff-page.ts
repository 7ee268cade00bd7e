import { adminRouter } from '@tenantry/admin/router';
import { fileRouter } from '@tenantry/admin/files';
import { powersOf, staffPowers, staffRoles } from '@tenantry/domain/permissions';
import type { ProcedureMeta } from '@tenantry/gate/procedures';
import { restProcedures } from '@tenantry/rest/procedures';
import { between, table } from './table.ts';

const tick = (is: boolean) => (is ? 'yes' : '–');

function rolesTable(): string {
  const rows = staffPowers.map((power) => [
    `\`${power}\``,
    ...staffRoles.map((role) => tick(powersOf(role).includes(power))),
  ]);
  return table(['power', ...staffRoles.map((role) => `\`${role}\``)], rows);
}

function proceduresTable(): string {
  const asked = new Map<string, string[]>();
  for (const { name, meta } of [...restProcedures(adminRouter), ...restProcedures(fileRouter)]) {
    const { terms }: ProcedureMeta<object> = meta;
    if (terms?.audience !== 'staff') continue;
    asked.set(terms.power, [...(asked.get(terms.power) ?? []), `\`${name}\``]);
  }
  const powers = ['any', ...staffPowers].filter((power) => asked.has(power));
  const rows = powers.map((power) => [`\`${power}\``, (asked.get(power) ?? []).toSorted().join(', ')]);
  return table(['power', 'procedures'], rows);
}

/** The tables of roles, powers and procedures in `docs/staff.md`. */
export function staffPage(document: string): string {
  return between(between(document, 'roles', rolesTable()), 'staff-procedures', proceduresTable());
}
