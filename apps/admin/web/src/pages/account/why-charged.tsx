import type { CreditEntry, CreditExplanation } from '@tenantry/client';
import { Credits } from '@tenantry/ui/amount';
import { Copy } from '@tenantry/ui/copy';
import { Facts } from '@tenantry/ui/facts';
import { formatWords } from '@tenantry/ui/format/words';
import { Loaded } from '@tenantry/ui/state';
import { Time } from '@tenantry/ui/time';
import { Button, Drawer, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';

interface WhyChargedProps {
  readonly accountId: string;
  readonly entryId: string;
  readonly close: () => void;
  /** Opens the dialog that gives a charge back; undefined for whoever may not. */
  readonly refund?: ((entry: CreditEntry) => void) | undefined;
}

/** "Why was I charged?": one entry of the ledger with its price, hold, grants and corrections. */
export function WhyCharged({ accountId, entryId, close, refund }: WhyChargedProps) {
  const query = useQuery(api.credit.explain.queryOptions({ accountId, entryId }));
  return (
    <Drawer opened onClose={close} position="right" size="md" title="Why was this booked?">
      <Loaded query={query} lines={8}>
        {(explanation) => (
          <Stack>
            <Text>{sentenceOf(explanation)}</Text>
            <Details explanation={explanation} />
            {refund !== undefined && isRefundable(explanation) ? (
              <Button variant="default" onClick={() => refund(explanation.entry)}>
                Refund this charge
              </Button>
            ) : null}
          </Stack>
        )}
      </Loaded>
    </Drawer>
  );
}

const isRefundable = ({ entry, reversedBy }: CreditExplanation) =>
  entry.to === 'spent' && reversedBy.every(({ kind }) => kind !== 'reversal');

function sentenceOf({ entry, rule }: CreditExplanation): string {
  const what = entry.operation === null ? '' : ` of ${entry.operation}`;
  return `${formatWords(entry.kind)}${what}: ${entry.amount} credits from ${entry.from} to ${entry.to}, by the rule “${formatWords(rule)}”.`;
}

function Details({ explanation }: { readonly explanation: CreditExplanation }) {
  const { entry, hold, price, units, usage, grants, reason, reverses, reversedBy } = explanation;
  return (
    <Facts
      facts={[
        ['When', <Time key="at" at={entry.at} />],
        ['Who', <Copy key="who" value={entry.actor} label="the actor" />],
        ['Amount', <Credits key="amount" value={entry.amount} />],
        ['Available after', <Credits key="after" value={entry.availableAfter} />],
        ['Reason', reason ?? undefined],
        ['Price', price === null ? undefined : priceText(price)],
        ['Units', units ?? undefined],
        [
          'Tokens',
          usage === null ? undefined : `${usage.inputTokens} in, ${usage.outputTokens} out (${usage.source})`,
        ],
        ['Held', hold === null ? undefined : `${hold.amount} credits, ${hold.status}`],
        [
          'Paid from',
          grants.length === 0
            ? undefined
            : grants.map(({ id, kind, amount }) => (
                <div key={id}>
                  {amount} of {formatWords(kind).toLowerCase()}
                </div>
              )),
        ],
        ['Gives back', reverses === null ? undefined : `entry ${reverses.sequence}`],
        [
          'Given back by',
          reversedBy.length === 0
            ? undefined
            : reversedBy.map(({ id, sequence, amount }) => (
                <div key={id}>
                  {amount} by entry {sequence}
                </div>
              )),
        ],
        ['Entry', <Copy key="id" value={entry.id} label="the id of the entry" />],
        ['Number', entry.sequence],
      ]}
    />
  );
}

function priceText({
  unit,
  unitSize,
  creditsPerUnit,
  creditsMin,
  version,
}: NonNullable<CreditExplanation['price']>) {
  const rate = creditsPerUnit === null ? 'by input and output rates' : `${creditsPerUnit} credits`;
  const least = creditsMin > 0 ? `, at least ${creditsMin}` : '';
  const of = version === null ? '' : ` (version ${version})`;
  return `${rate} per ${unitSize === 1 ? '' : `${unitSize} `}${unit}${least}${of}`;
}
