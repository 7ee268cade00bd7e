import { staffCreditNoteInput } from '@tenantry/contract/credit-note';
import { invoiceInput } from '@tenantry/contract/invoice';
import { staffProofInput } from '@tenantry/contract/staff-payment';
import { printCreditNote } from '@tenantry/services/credit-note/print';
import { printInvoice } from '@tenantry/services/invoice/print';
import { importStatementInput, statementFile } from '@tenantry/contract/statement';
import { getProof } from '@tenantry/services/staff/get-proof';
import { importStatement } from '@tenantry/services/statement/import';
import { router, run, runForPerson, staff } from './procedures.ts';

/** Procedures whose input or answer is a file. They have REST routes alone. */
export const fileRouter = router({
  invoice: {
    print: staff(
      {
        power: 'account:read',
        throttle: 'default',
        account: ['invoiceId'],
        refusals: ['not_found', 'unavailable'],
      },
      { method: 'GET', path: '/invoices/{invoiceId}/pdf', tags: ['invoice'], summary: 'An invoice as a PDF' },
    )
      .input(invoiceInput)
      .query(run(printInvoice)),
  },
  creditNote: {
    print: staff(
      {
        power: 'account:read',
        throttle: 'default',
        account: ['accountId'],
        refusals: ['not_found', 'unavailable'],
      },
      {
        method: 'GET',
        path: '/accounts/{accountId}/credit-notes/{creditNoteId}/pdf',
        tags: ['invoice'],
        summary: 'A credit note as a PDF',
      },
    )
      .input(staffCreditNoteInput)
      .query(run(printCreditNote)),
  },
  payment: {
    getProof: staff(
      { power: 'account:read', throttle: 'default', account: ['paymentId'], refusals: ['not_found'] },
      {
        method: 'GET',
        path: '/payments/{paymentId}/proofs/{proofId}',
        tags: ['payment'],
        summary: 'A stored proof of payment',
      },
    )
      .input(staffProofInput)
      .query(run(getProof)),
  },
  statement: {
    import: staff(
      { power: 'money:confirm', throttle: 'default', audit: {}, refusals: ['invalid_input'] },
      {
        method: 'POST',
        path: '/statements',
        status: 201,
        tags: ['statement'],
        summary: 'Import bank statements: camt.053, MT940, or CSV with a mapping of its columns',
        description:
          'A file is taken whole, or refused with the line and the reason. A line that an earlier file had is known; the same file again answers the same.',
      },
    )
      .input(importStatementInput)
      .output(statementFile)
      .mutation(runForPerson(importStatement)),
  },
});
