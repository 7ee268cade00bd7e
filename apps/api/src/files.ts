import { creditNoteInput } from '@tenantry/contract/credit-note';
import { invoiceInput } from '@tenantry/contract/invoice';
import { addProofInput, paymentProof } from '@tenantry/contract/payment';
import { printCreditNote } from '@tenantry/services/credit-note/print';
import { printInvoice } from '@tenantry/services/invoice/print';
import { addProof } from '@tenantry/services/payment/add-proof';
import { router, run, tenant } from './procedures.ts';
import { invoiceReads } from './router/invoice.ts';
import { paymentWrites } from './router/payment.ts';

/** Procedures whose input or answer is a file. They have REST routes alone. */
export const fileRouter = router({
  invoice: {
    print: tenant(
      { ...invoiceReads, refusals: ['not_found', 'unavailable'] },
      { method: 'GET', path: '/invoices/{invoiceId}/pdf', tags: ['invoice'], summary: 'An invoice as a PDF' },
    )
      .input(invoiceInput)
      .query(run(printInvoice)),
  },
  creditNote: {
    print: tenant(
      { ...invoiceReads, refusals: ['not_found', 'unavailable'] },
      {
        method: 'GET',
        path: '/credit-notes/{creditNoteId}/pdf',
        tags: ['invoice'],
        summary: 'A credit note as a PDF',
      },
    )
      .input(creditNoteInput)
      .query(run(printCreditNote)),
  },
  payment: {
    addProof: tenant(
      {
        ...paymentWrites,
        refusals: ['not_found', 'payment_state', 'payload_too_large', 'unsupported_media_type'],
      },
      {
        method: 'POST',
        path: '/payments/{paymentId}/proofs',
        status: 201,
        tags: ['payment'],
        summary: 'Add a proof of payment: PNG, JPEG or PDF, at most 10 MB',
      },
    )
      .input(addProofInput)
      .output(paymentProof)
      .mutation(run(addProof)),
  },
});
