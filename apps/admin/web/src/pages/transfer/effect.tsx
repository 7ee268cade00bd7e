import type { TransferPreview } from '@tenantry/client';
import { formatMoney } from '@tenantry/ui/format/money';
import { List, Text } from '@mantine/core';
import { differenceText } from './difference.ts';

/** What begins when an invoice of each kind is paid. */
const begins = {
  subscription: 'its period is paid and brings its credits when it begins',
  upgrade: 'the larger plan begins at once',
  package: 'its credits are granted at once',
} as const;

/** What a confirmation will do, as sentences, from the preview of the server. */
function effectSentences(preview: TransferPreview): string[] {
  const { arrived, invoice, applied, balanceBefore, balanceAfter, isBooked } = preview;
  const money = (amount: number) => formatMoney(amount, arrived.currency);
  if (isBooked) return ['This reference of the bank was booked before. Confirming it again changes nothing.'];
  const closed =
    invoice.status === 'paid' || invoice.status === 'void'
      ? [`The invoice ${invoice.number} is ${invoice.status} and takes no money.`]
      : [differenceText({ amount: arrived.amount, due: invoice.due.amount, currency: arrived.currency })];
  const paid = applied.map(({ number, kind, amount, due, isPaid }) =>
    isPaid
      ? `The invoice ${number} is paid with ${money(amount)}: ${begins[kind]}.`
      : `The invoice ${number} gets ${money(amount)}, and ${money(due)} stay due. Nothing begins yet.`,
  );
  return [...closed, ...paid, ...balanceSentences(balanceBefore, balanceAfter, money)];
}

function balanceSentences(before: number, after: number, money: (amount: number) => string): string[] {
  if (after === before) return [];
  const moved = money(Math.abs(after - before));
  return after > before
    ? [`${moved} go to the balance of the account, which is ${money(after)} then.`]
    : [`${moved} of the account’s balance are used, which is ${money(after)} then.`];
}

/** What a confirmation will do. */
export function Effect({ preview }: { readonly preview: TransferPreview }) {
  return (
    <>
      <List size="sm" aria-label="What will happen">
        {effectSentences(preview).map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      <ApprovalText preview={preview} />
    </>
  );
}

function ApprovalText({ preview: { approval } }: { readonly preview: TransferPreview }) {
  const texts = {
    not_needed: undefined,
    missing: 'This amount needs two members of staff. You approve it first, and somebody else confirms it.',
    own: 'You approved it. Somebody else has to confirm it.',
    other_money: 'It was approved for another amount. Reject it, or confirm the amount that was approved.',
    given: 'Somebody else approved it. You confirm it.',
  } as const;
  const text = texts[approval];
  return text === undefined ? null : (
    <Text size="sm" fw={600} mt="xs">
      {text}
    </Text>
  );
}
