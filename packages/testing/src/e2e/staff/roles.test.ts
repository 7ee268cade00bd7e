import { powersOf, staffRoles } from '@tenantry/domain/permissions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { openWorld } from '../../fixture.ts';
import { callProcedure, procedures, termsOf, transports, verdictOf } from '../../procedures.ts';
import { rightInputs } from '../../right-inputs.ts';
import { signInStaff } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

describe.each(staffRoles)('the role %s', (role) => {
  it('may call what its powers say and nothing else, over both transports', async () => {
    const token = await signInStaff(app, role);
    const powers: readonly string[] = ['any', ...powersOf(role)];
    const wrong: string[] = [];
    let [allowed, refused] = [0, 0];
    for (const { name } of procedures.admin.values()) {
      const terms = termsOf('admin', name);
      if (terms?.audience !== 'staff' || name === 'session.delete') continue;
      const may = powers.includes(terms.power);
      // Each cell has an account of its own where the call changes it.
      const world = await openWorld(app, `${role} ${name}`.slice(0, 60));
      const { invoiceId, paymentId } = world.ids;
      const known: Record<string, string> = { accountId: world.owner.accountId, invoiceId, paymentId };
      const given = rightInputs('admin', name, world);
      const named = (terms.account ?? []).flatMap((field) =>
        field in given && known[field] !== undefined ? [[field, known[field]]] : [],
      );
      const input = { ...given, ...Object.fromEntries(named) };
      for (const transport of transports) {
        const call = { app: 'admin', name, input, headers: { authorization: `Bearer ${token}` } } as const;
        const verdict = verdictOf(await callProcedure(app.admin, transport, call));
        if ((verdict === '403 role_forbids') === may) wrong.push(`${transport} ${name}: ${verdict}`);
        if (may) allowed += 1;
        else refused += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(allowed).toBeGreaterThan(20);
    expect(refused).toBeGreaterThan(role === 'platform_admin' ? 10 : 20);
  }, 300_000);
});
