import { getAccount } from '@tenantry/services/account/get';
import { updateAccount } from '@tenantry/services/account/update';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';
import { nameText, nothing, paymentMethod } from '@tenantry/rest/schemas';

const tags = ['account'];

export const accountOutput = z.object({
  id: z.uuid(),
  name: z.string(),
  status: z.enum(['active', 'suspended', 'closed']),
  paymentMethod,
  sandbox: z.boolean(),
  createdAt: z.string(),
});

const changes = z
  .strictObject({ name: nameText.optional(), paymentMethod: paymentMethod.optional() })
  .refine((input) => Object.keys(input).length > 0, 'changes nothing');

export const accountRouter = router({
  get: accountProcedure(
    { scope: 'account:read', standing: 'unpaid', throttle: 'content_read' },
    { method: 'GET', path: '/account', tags, summary: 'The account' },
  )
    .input(nothing)
    .output(accountOutput)
    .query(read(getAccount)),

  update: accountProcedure(
    { scope: 'account:write', throttle: 'content_write' },
    { method: 'PATCH', path: '/account', tags, summary: 'Change the account' },
  )
    .input(changes)
    .output(accountOutput)
    .mutation(verb(updateAccount)),
});
