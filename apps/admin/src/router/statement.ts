import { listOf, pageInput } from '@tenantry/contract/page';
import {
  approveStatementLineInput,
  approvedStatementLine,
  confirmStatementLineInput,
  confirmedStatementLine,
  ignoreStatementLineInput,
  ignoredLine,
  listStatementLinesInput,
  returnStatementLineInput,
  returnedStatementLine,
  statementFile,
  statementInput,
  statementLine,
} from '@tenantry/contract/statement';
import { approveLine } from '@tenantry/services/statement/approve';
import { confirmLine } from '@tenantry/services/statement/confirm';
import { ignoreLine } from '@tenantry/services/statement/ignore';
import { returnLine } from '@tenantry/services/statement/return';
import { getStatement, listLines, listStatements } from '@tenantry/services/statement/list';
import { router, run, runForPerson, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['statement'];
/** Statements name payers who are no customers, so only staff who confirm money see them. */
const terms = { power: 'money:confirm', throttle: 'default' } as const;

export const statementRouter = router({
  list: staff(terms, { method: 'GET', path: '/statements', tags, summary: 'The files of bank statements' })
    .input(pageInput)
    .output(listOf(statementFile))
    .query(runWithoutAccount(listStatements)),

  get: staff(
    { ...terms, refusals: ['not_found'] },
    { method: 'GET', path: '/statements/{statementId}', tags, summary: 'A file of bank statements' },
  )
    .input(statementInput)
    .output(statementFile)
    .query(runWithoutAccount(getStatement)),
});

export const statementLineRouter = router({
  list: staff(terms, {
    method: 'GET',
    path: '/statement-lines',
    tags,
    summary: 'The lines of bank statements in one status, with the invoices that they may pay',
  })
    .input(listStatementLinesInput)
    .output(listOf(statementLine))
    .query(runWithoutAccount(listLines)),

  approve: staff(
    {
      ...terms,
      account: ['accountId', 'invoiceId', 'paymentId'],
      audit: { subject: 'lineId', facts: ['lineId', 'invoiceId', 'paymentId'] },
      refusals: [
        'not_found',
        'invalid_input',
        'conflict',
        'reference_taken',
        'payment_state',
        'invoice_ambiguous',
        'amount_mismatch',
        'currency_mismatch',
        'role_forbids',
      ],
    },
    {
      method: 'POST',
      path: '/statement-lines/{lineId}/approve',
      tags,
      summary: 'Approve a line that a second member of staff confirms',
      description: 'For money above CONFIRM_SECOND_APPROVER_AMOUNT. It books nothing.',
    },
  )
    .input(approveStatementLineInput)
    .output(approvedStatementLine)
    .mutation(run(approveLine)),

  confirm: staff(
    {
      ...terms,
      account: ['accountId', 'invoiceId', 'paymentId'],
      audit: { subject: 'lineId', facts: ['lineId', 'invoiceId', 'paymentId'] },
      refusals: [
        'conflict',
        'invalid_input',
        'role_forbids',
        'not_found',
        'reference_taken',
        'amount_mismatch',
        'currency_mismatch',
        'invoice_ambiguous',
        'payment_state',
      ],
    },
    {
      method: 'POST',
      path: '/statement-lines/{lineId}/confirm',
      tags,
      summary: 'Book the money of a line as a bank transfer of an account',
    },
  )
    .input(confirmStatementLineInput)
    .output(confirmedStatementLine)
    .mutation(run(confirmLine)),

  return: staff(
    {
      ...terms,
      account: ['paymentId'],
      audit: { subject: 'lineId', facts: ['lineId', 'paymentId', 'reason'] },
      refusals: [
        'not_found',
        'invalid_input',
        'conflict',
        'amount_mismatch',
        'currency_mismatch',
        'payment_state',
        'role_forbids',
      ],
    },
    {
      method: 'POST',
      path: '/statement-lines/{lineId}/return',
      tags,
      summary: 'Book that a line takes a payment back',
    },
  )
    .input(returnStatementLineInput)
    .output(returnedStatementLine)
    .mutation(run(returnLine)),

  ignore: staff(
    {
      ...terms,
      audit: { subject: 'lineId', facts: ['reason'] },
      refusals: ['not_found', 'conflict'],
    },
    {
      method: 'POST',
      path: '/statement-lines/{lineId}/ignore',
      tags,
      summary: 'Take a line out of the queue, for a reason',
    },
  )
    .input(ignoreStatementLineInput)
    .output(ignoredLine)
    .mutation(runForPerson(ignoreLine)),
});
