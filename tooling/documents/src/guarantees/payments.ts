import type { GuaranteeGroup } from './guarantee.ts';

/** Bank transfers and subscriptions. */
export const payments: GuaranteeGroup = {
  subject: 'Payments',
  guarantees: [
    { id: 'J11', statement: 'Concurrent confirmations of one bank transfer have one effect and one answer.' },
    {
      id: 'J12',
      statement: 'A bank reference is taken once, on whichever account and however it is written.',
    },
    {
      id: 'J13',
      statement:
        'Money in another currency is refused; less than is due leaves the rest due, and more becomes a balance.',
    },
    {
      id: 'J14',
      statement:
        'Only staff with the power over money confirm a transfer, and never for an account that they belong to.',
    },
    { id: 'J15', statement: 'Confirming and rejecting a payment exclude each other.' },
    { id: 'J16', statement: 'A payment of another account than the one named is refused.' },
    {
      id: 'J17',
      statement: 'The price of an invoice comes from the plan on the server, not from the client.',
      untested: 'no input has a price; no test edits a plan while an invoice is open',
    },
    {
      id: 'J19',
      statement: 'Each payment method needs its own fields; a bank transfer needs no id of Stripe.',
      tests: ['needs no Stripe: any number of subscriptions'],
    },
    {
      id: 'J21',
      statement: 'A payment for a suspended account is booked and does not lift the suspension.',
      tests: ['books the money of a suspended account and leaves it suspended'],
    },
    {
      id: 'J22',
      statement:
        'Each payment buys one period with one grant for each of its months; no order of payments loses, doubles or lowers what was paid.',
    },
    {
      id: 'J24',
      statement: 'One invoice of a plan is open at most; a void one is never paid, and staff see why.',
    },
    {
      id: 'J25',
      statement:
        'Invoices of one issuer are numbered without a gap, and say who issued and who was asked as they were.',
    },
    {
      id: 'J26',
      statement:
        'Money that an invoice does not need is the balance of its currency, by a journal; the next invoice uses it.',
    },
    {
      id: 'J27',
      statement:
        'A payment that the bank takes back is reversed by new entries; what it paid ends, and spent credits are owed.',
    },
    {
      id: 'J65',
      statement:
        'An invoice that is due again stands alone, a balance pays it at once, and credits are owed as far as they were spent.',
    },
    {
      id: 'J66',
      statement:
        'A plan that costs nothing begins when the paid time is over, without an invoice, and goes on with its credits each month.',
    },
    {
      id: 'J28',
      statement: 'No more of a payment is sent back than arrived, and a refund in whole ends what it paid.',
    },
    {
      id: 'J31',
      statement:
        'New invoices name the customer by the billing details of the account; one that was issued keeps its customer as it was.',
    },
    {
      id: 'J32',
      statement:
        'Money of a paid invoice that is sent back is on one credit note, numbered without a gap in a series of its own, with the share of the tax.',
    },
    {
      id: 'J33',
      statement: 'A document that is being printed holds no connection of the database.',
    },
    {
      id: 'J41',
      statement: 'A file of bank statements is imported whole, or refused with the line and the reason.',
    },
    {
      id: 'J42',
      statement: 'A line of a bank statement is one line, whichever files it stands in, and is booked once.',
    },
    {
      id: 'J43',
      statement:
        'A line is confirmed without staff only where the operator wants it, and only with the reference, the amount and the currency of one open invoice.',
    },
    {
      id: 'J29',
      statement:
        'Money above the limit of its currency is booked by two members of staff, never by one alone.',
    },
    {
      id: 'J30',
      statement: 'Nobody is shut out because staff have not looked at a payment that was submitted in time.',
    },
    {
      id: 'J61',
      statement:
        'Credits are granted for what was paid and nothing else: no loop of changes makes credits or money, and the standing follows from facts and the time.',
    },
    {
      id: 'J62',
      statement: 'A renewal is invoiced and reminded of, each once, whatever workers run, fail or are away.',
    },
    {
      id: 'J63',
      statement: 'The standing is the same whether or not a worker runs.',
    },
    {
      id: 'J64',
      statement:
        'The clock of a sandbox account moves everything of that account, never back, and nothing of any other.',
    },
    { id: 'J23', statement: 'The plan credits of the last paid month stay spendable until grace ends.' },
  ],
};
