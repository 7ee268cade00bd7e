import { account, closeAccountInput, updateAccountInput } from '@tenantry/contract/account';
import { nothing } from '@tenantry/contract/fields';
import { createAccountInput, newAccount } from '@tenantry/contract/new-account';
import { closeAccount } from '@tenantry/services/account/close';
import { createAccount } from '@tenantry/services/account/create';
import { getAccount } from '@tenantry/services/account/get';
import { updateAccount } from '@tenantry/services/account/update';
import { personOrService, router, run, runForMember, runForPerson, tenant } from '../procedures.ts';

const tags = ['account'];

export const accountRouter = router({
  get: tenant(
    { scope: 'account:read', standing: 'unpaid', throttle: 'content_read' },
    { method: 'GET', path: '/account', tags, summary: 'The account' },
  )
    .input(nothing)
    .output(account)
    .query(run(getAccount)),

  update: tenant(
    { scope: 'account:write', throttle: 'content_write' },
    { method: 'PATCH', path: '/account', tags, summary: 'Change the account' },
  )
    .input(updateAccountInput)
    .output(account)
    .mutation(run(updateAccount)),

  create: personOrService(
    {
      serviceScope: 'account:create',
      throttle: 'auth_strict',
      audit: { facts: ['externalId'] },
      refusals: [
        'unauthenticated',
        'not_found',
        'invalid_input',
        'external_id_taken',
        'throttled',
        'provider_disabled',
      ],
    },
    {
      method: 'POST',
      path: '/accounts',
      status: 201,
      statusUnless: { field: 'created', status: 200 },
      tags,
      summary: 'Make one more account of your own, or the account of a customer',
      description:
        'A service key makes the account of a customer, without a member; its `externalId` finds it again. The `owner` that it names is invited by e-mail, and owns the account once they accept. The trial comes once per person: where you had it, the trial of the new account is over, and it waits for a paid plan.',
    },
  )
    .input(createAccountInput)
    .output(newAccount)
    .mutation(runForPerson(createAccount)),

  close: tenant(
    {
      scope: 'account:write',
      person: true,
      role: 'owner',
      standing: 'unpaid',
      throttle: 'auth',
      work: 'proven',
      refusals: ['unauthenticated', 'throttled', 'role_forbids', 'conflict'],
    },
    {
      method: 'POST',
      path: '/account/close',
      tags,
      summary: 'Close the account for good',
      description:
        'Asks for your password, or a code of your second factor. Keys and invitations end, and open holds are given back. Every later call for the account is refused with `account_closed`, but for reads of invoices and of the subscription.',
    },
  )
    .input(closeAccountInput)
    .output(account)
    .mutation(runForMember(closeAccount)),
});
