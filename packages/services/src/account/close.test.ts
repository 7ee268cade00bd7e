import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  now,
  openServiceTest,
  password,
} from '../service.fixture.ts';
import { closeAccount } from './close.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const close = (tenant: Tenant, input: Parameters<typeof closeAccount>[1] = { password }) =>
  closeAccount(services.member(tenant), input);
const statusOf = async ({ accountId }: Tenant) =>
  (await services.database.query('select status from account where id = $1', [accountId]))[0]?.['status'];

describe('closing an account', () => {
  it('is told once, and is for good', async () => {
    const tenant = await services.register();
    expect(accepted(await close(tenant))).toMatchObject({ id: tenant.accountId, status: 'closed' });
    expect(codeOf(await close(tenant))).toBe('conflict');
    expect(await services.topicsOf(tenant)).toEqual(['account.closed', 'account.registered']);
  });

  it('is for owners, also when the gate read another role', async () => {
    const tenant = await services.register();
    const other = await services.register();
    await services.database.query(
      "insert into membership (account_id, user_id, role, created_at) values ($1, $2, 'admin', $3)",
      [tenant.accountId, other.userId, now],
    );
    expect(codeOf(await close({ ...other, accountId: tenant.accountId }))).toBe('role_forbids');
    expect(codeOf(await close({ ...tenant, accountId: other.accountId }))).toBe('role_forbids');
    expect([await statusOf(tenant), await statusOf(other)]).toEqual(['active', 'active']);
  });

  it('is refused for a wrong password, and for a code of a second factor that there is not', async () => {
    const tenant = await services.register();
    expect(codeOf(await close(tenant, { password: 'wrong' }))).toBe('unauthenticated');
    expect(codeOf(await close(tenant, { totpCode: '123456' }))).toBe('unauthenticated');
    expect(await statusOf(tenant)).toBe('active');
  });

  it('is refused when the password was changed in the meantime', async () => {
    const tenant = await services.register();
    const context = services.member(tenant);
    const answer = await closeAccount(
      {
        ...context,
        commit: async (work) => {
          await services.database.query('update app_user set password_hash = $2 where id = $1', [
            tenant.userId,
            newId(),
          ]);
          return context.commit(work);
        },
      },
      { password },
    );
    expect(answer).toEqual(refuse('unauthenticated'));
    expect(await statusOf(tenant)).toBe('active');
  });

  it('is refused for a suspended account', async () => {
    const tenant = await services.register();
    await services.database.query("update account set status = 'suspended' where id = $1", [
      tenant.accountId,
    ]);
    expect(codeOf(await close(tenant))).toBe('conflict');
    expect(await statusOf(tenant)).toBe('suspended');
  });
});
