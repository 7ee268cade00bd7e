import { Button, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { CatalogueOperation } from '@tenantry/domain/catalogue/catalogue';
import { Credits } from '@tenantry/ui/amount';
import { Empty } from '@tenantry/ui/state';
import { type Column, DataTable } from '@tenantry/ui/table';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { usePower } from '../../session.ts';
import { type Draft, type Stored, fileOf, withOperation } from './draft.ts';
import { OpenLink } from './open-link.tsx';
import { OperationForm, newOperation } from './operation-form.tsx';
import { OperationPanel } from './operation-panel.tsx';
import { unitsOf, writeRate } from './rate-text.ts';
import { Toolbar, useFiltered } from './toolbar.tsx';

interface Row {
  readonly name: string;
  readonly operation: CatalogueOperation;
}

/** How many rows are shown at first, and how many more at a time. */
const pageRows = 100;

const columns: readonly Column<Row>[] = [
  { name: 'operation', heading: 'Operation', cell: ({ name }) => <OpenLink name={name} /> },
  { name: 'kind', heading: 'Makes', cell: ({ operation }) => operation.kind },
  { name: 'rate', heading: 'Credits', isNumber: true, cell: ({ operation }) => writeRate(operation) },
  { name: 'unit', heading: 'For each', cell: ({ operation }) => unitsOf(operation) },
  {
    name: 'minimum',
    heading: 'At least',
    isNumber: true,
    cell: ({ operation }) => <Credits value={operation.minimum} />,
  },
  { name: 'model', heading: 'Model', cell: ({ operation }) => operation.model ?? '–' },
  {
    name: 'prompt',
    heading: 'Prompt',
    isWideOnly: true,
    cell: ({ operation }) => (operation.promptTemplate === null ? 'of the run' : 'its own'),
  },
];

interface TabProps {
  readonly stored: Stored;
  readonly propose: (draft: Draft, applied: () => void) => void;
}

/** The operations with their prices. */
export function OperationsTab({ stored, propose }: TabProps) {
  const { catalogue } = stored;
  const canWrite = usePower('catalogue:write');
  const { open } = useSearch({ from: '/signed-in/catalogue' });
  const [edited, setEdited] = useState<{ base: Stored; name?: string; initial: CatalogueOperation }>();
  const [shown, setShown] = useState(pageRows);
  const all = Object.entries(catalogue.operations).map(([name, operation]) => ({ name, operation }));
  const rows = useFiltered(all, ({ name }) => name);
  const withdraw = (name: string) =>
    propose(
      {
        title: `Withdraw the operation ${name}`,
        text: fileOf(withOperation(catalogue, name, undefined)),
        fingerprint: stored.fingerprint,
      },
      () => undefined,
    );
  return (
    <Stack gap={0}>
      <Toolbar label="Filter operations">
        {canWrite ? (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setEdited({ base: stored, initial: newOperation })}
          >
            New operation
          </Button>
        ) : undefined}
      </Toolbar>
      <DataTable
        label="Operations"
        columns={columns}
        rows={rows.slice(0, shown)}
        rowKey={({ name }) => name}
        more={rows.length > shown ? () => setShown(shown + pageRows) : undefined}
        empty={
          all.length === 0 ? (
            <Empty title="No operation is declared">
              Credits are spent on operations. Add one, or apply a file.
            </Empty>
          ) : (
            <Empty title="No operation has this in its name" />
          )
        }
      />
      {open === undefined ? null : (
        <OperationPanel
          key={open}
          name={open}
          operation={catalogue.operations[open]}
          edit={(initial) => setEdited({ base: stored, name: open, initial })}
          withdraw={() => withdraw(open)}
          canWrite={canWrite}
        />
      )}
      {edited === undefined ? null : (
        <OperationForm {...edited} propose={propose} close={() => setEdited(undefined)} />
      )}
    </Stack>
  );
}
