import { Button, Code, Group, Text, Title } from '@mantine/core';
import type { OperationPrice } from '@tenantry/client';
import type { CatalogueOperation } from '@tenantry/domain/catalogue/catalogue';
import { Credits } from '@tenantry/ui/amount';
import { Facts } from '@tenantry/ui/facts';
import { formatNumber } from '@tenantry/ui/format/number';
import { Loaded } from '@tenantry/ui/state';
import { type Column, DataTable } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { unitsOf, writeRate } from './rate-text.ts';
import { NoWrap } from './no-wrap.tsx';
import { SidePanel } from './side-panel.tsx';

const columns: readonly Column<OperationPrice>[] = [
  { name: 'version', heading: 'Price', cell: ({ version }) => <NoWrap>Price {version}</NoWrap> },
  {
    name: 'rate',
    heading: 'Credits',
    isNumber: true,
    cell: ({ creditsPerUnit: rate, rates }) => writeRate({ rate, rates }),
  },
  { name: 'unit', heading: 'For each', cell: (price) => <NoWrap>{unitsOf(price)}</NoWrap> },
  {
    name: 'minimum',
    heading: 'At least',
    isNumber: true,
    cell: ({ creditsMin }) => <Credits value={creditsMin} />,
  },
  { name: 'model', heading: 'Model', cell: ({ model }) => model ?? '–' },
  { name: 'since', heading: 'Since', cell: ({ createdAt }) => <Time at={createdAt} /> },
];

interface OperationPanelProps {
  readonly name: string;
  /** What it costs now; undefined for one that is withdrawn. */
  readonly operation: CatalogueOperation | undefined;
  readonly canWrite: boolean;
  readonly edit: (initial: CatalogueOperation) => void;
  readonly withdraw: () => void;
}

/** One operation: what it costs, and what it has cost. */
export function OperationPanel({ name, operation, canWrite, edit, withdraw }: OperationPanelProps) {
  const prices = useQuery(api.operation.listPrices.queryOptions({ operation: name, limit: 100 }));
  return (
    <SidePanel title={`Operation ${name}`}>
      {operation === undefined ? (
        <Text size="sm">It is withdrawn: nothing new is held at it. These are the prices that it had.</Text>
      ) : (
        <>
          {canWrite ? (
            <Group>
              <Button onClick={() => edit(operation)}>Change this operation</Button>
              <Button variant="default" onClick={withdraw}>
                Withdraw
              </Button>
            </Group>
          ) : null}
          <Facts facts={factsOf(operation)} />
          {operation.promptTemplate === null ? null : (
            <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {operation.promptTemplate}
            </Code>
          )}
        </>
      )}
      <div>
        <Title order={3} size="h5" mb="xs">
          Prices
        </Title>
        <Loaded query={prices}>
          {({ items }) => (
            <DataTable
              label={`Prices of ${name}`}
              columns={columns}
              rows={items}
              rowKey={({ version }) => String(version)}
              empty="It has had no price."
            />
          )}
        </Loaded>
      </div>
    </SidePanel>
  );
}

function factsOf(operation: CatalogueOperation) {
  return [
    ['Makes', operation.kind],
    ['Price', `${writeRate(operation)} credits for each ${unitsOf(operation)}`],
    ['At least', <Credits key="minimum" value={operation.minimum} />],
    [
      'Output tokens',
      `${formatNumber(operation.outputTokensDefault)} by default, ${formatNumber(operation.outputTokensMax)} at most`,
    ],
    ['Model', operation.model ?? 'that of the installation'],
    ['Prompt', operation.promptTemplate === null ? 'of the run' : 'its own, below'],
  ] as const;
}
