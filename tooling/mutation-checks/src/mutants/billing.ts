import type { Mutant } from '../mutant.ts';

const dueAgain = 'packages/services/src/staff/due-again.test.ts';

/** Mutants of the life of a subscription and its money. */
export const billingMutants: readonly Mutant[] = [
  {
    name: 'an invoice that is due again stands beside a newer one',
    file: 'packages/services/src/staff/return-payment.ts',
    find: "if (isDueAgain && invoice.kind !== 'package')",
    replace: 'if (isDueAgain && invoice.amount < 0)',
    test: dueAgain,
    title: 'takes the place of the one that was asked for since',
  },
  {
    name: 'a balance leaves an invoice that is due again unpaid',
    file: 'packages/services/src/staff/return-payment.ts',
    find: '  await payFromBalance({ tx }, currency);\n',
    replace: '  void payFromBalance;\n',
    test: dueAgain,
    title: 'is paid by the balance',
  },
  {
    name: 'credits that are held are owed',
    file: 'packages/db/src/billing/owed.ts',
    find: 'given.amount - given.available - given.held\n',
    replace: 'given.amount - given.available\n',
    test: dueAgain,
    title: 'are owed as far as they are spent',
  },
  {
    name: 'a period that is over is not withdrawn',
    file: 'packages/domain/src/billing/withdraw.ts',
    find: '[...earlier, running, ...following].filter(isWithdrawn)',
    replace: '[running, ...following].filter(isWithdrawn)',
    test: dueAgain,
    title: 'of a period that is over',
  },
  {
    name: 'a period that a balance completed outlives its invoice',
    file: 'packages/services/src/billing/fulfil.ts',
    find: '{ planId, invoiceId, externalPaymentId, paymentId, upgrade }',
    replace: '{ planId, externalPaymentId, paymentId, upgrade }',
    test: dueAgain,
    title: 'which the balance had completed',
  },
  {
    name: 'what paid a part of an upgrade is not owed',
    file: 'packages/services/src/billing/undo.ts',
    find: 'if (credited > 0)',
    replace: 'if (credited < 0)',
    test: dueAgain,
    title: 'whose unused part paid for an upgrade',
  },
  {
    name: 'a refund of one payment ends what another paid as well',
    file: 'packages/services/src/staff/refund-payment.ts',
    find: '(await invoicedAmount(tx, invoice.id)) === 0',
    replace: '(await invoicedAmount(tx, invoice.id)) >= 0',
    test: dueAgain,
    title: 'keeps what it began while money of another payment',
  },
  {
    name: 'e-mails of a sandbox wait for the hours of real time',
    file: 'packages/services/src/email/count.ts',
    find: 'kind} ${mailbox}`, counted: bound, time: at }',
    replace: 'kind} ${mailbox}`, counted: bound, time: now }',
    test: 'packages/services/src/email/count.test.ts',
    title: 'are counted by the clock of the account',
  },
  {
    name: 'a sandbox sends masses',
    file: 'packages/services/src/email/count.ts',
    find: '{ text: `sandboxes ${mailbox}`, counted: sandboxBound, time: now },',
    replace: '',
    test: 'packages/services/src/email/count.test.ts',
    title: 'are 200 a real day',
  },
];
