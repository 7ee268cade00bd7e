import { creditNote, staffCreditNotesInput } from '@tenantry/contract/credit-note';
import { listOf } from '@tenantry/contract/page';
import { listCreditNotes } from '@tenantry/services/credit-note/list';
import { router, run, staff } from '../procedures.ts';

export const creditNoteRouter = router({
  list: staff(
    { power: 'account:read', throttle: 'default', account: ['accountId'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/credit-notes',
      tags: ['invoice'],
      summary: 'The credit notes of an account',
    },
  )
    .input(staffCreditNotesInput)
    .output(listOf(creditNote))
    .query(run(listCreditNotes)),
});
