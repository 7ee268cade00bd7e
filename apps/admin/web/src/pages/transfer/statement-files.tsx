import type { StatementFile } from '@tenantry/client';
import { formatNumber } from '@tenantry/ui/format/number';
import { Empty, Loaded } from '@tenantry/ui/state';
import { type Column, DataTable } from '@tenantry/ui/table';
import { Time } from '@tenantry/ui/time';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api.ts';
import { ImportDialog } from './import-dialog.tsx';

const route = getRouteApi('/signed-in/transfers');

/** The files of bank statements, and the import of a new one. */
export function StatementFiles() {
  const navigate = route.useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const files = useQuery(api.statement.list.queryOptions({ limit: 50 }));
  const show = (statement: string) => void navigate({ search: { tab: 'lines', statement } });
  const columns: readonly Column<StatementFile>[] = [
    {
      name: 'account',
      heading: 'Account',
      cell: ({ statements }) =>
        statements.map(({ account, currency }) => `${account} ${currency}`).join(', '),
    },
    { name: 'format', heading: 'Format', cell: ({ format }) => format },
    { name: 'lines', heading: 'Lines', isNumber: true, cell: ({ lineCount }) => formatNumber(lineCount) },
    { name: 'new', heading: 'New', isNumber: true, cell: ({ newLineCount }) => formatNumber(newLineCount) },
    { name: 'at', heading: 'Imported', cell: ({ importedAt }) => <Time at={importedAt} /> },
    {
      name: 'warnings',
      heading: 'Warnings',
      cell: ({ warnings }) =>
        warnings.length === 0
          ? 'None'
          : warnings.map(({ lineNumber, message }) => `Line ${lineNumber}: ${message}`).join('; '),
    },
    {
      name: 'show',
      heading: 'Its lines',
      cell: ({ id }) => (
        <Button size="xs" variant="default" onClick={() => show(id)}>
          Show
        </Button>
      ),
    },
  ];
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          camt.053, MT940, or CSV with a mapping of its columns. A file is taken whole or refused.
        </Text>
        <Button onClick={() => setIsOpen(true)}>Import a statement …</Button>
      </Group>
      <Loaded query={files}>
        {({ items }) => (
          <DataTable
            label="Statements"
            columns={columns}
            rows={items}
            rowKey={({ id }) => id}
            empty={<Empty title="No statement">Import a statement of your bank to match its lines.</Empty>}
          />
        )}
      </Loaded>
      {isOpen ? <ImportDialog imported={show} close={() => setIsOpen(false)} /> : null}
    </Stack>
  );
}
