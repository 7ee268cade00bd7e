import { Box, Button, Card, Center, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Empty } from './state.tsx';

/** One column: its heading, and what stands in it for a row. */
export interface Column<Row> {
  /** Unique in its table. */
  readonly name: string;
  readonly heading: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  readonly isNumber?: boolean;
  /** Left out of the card that a narrow screen shows. */
  readonly isWideOnly?: boolean;
}

interface DataTableProps<Row> {
  /** What the table lists, for people who hear it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What is shown where there is no row. */
  readonly empty: ReactNode;
  /** Marks the row that is chosen. */
  readonly isChosen?: (row: Row) => boolean;
  /** Loads the rows after the last; undefined where there are none. */
  readonly more?: (() => void) | undefined;
  readonly isLoadingMore?: boolean;
}

/** A list as a table; on a narrow screen, one card for each row, whose first column is its heading. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const isNarrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  if (props.rows.length === 0)
    return typeof props.empty === 'string' ? <Empty title={props.empty} /> : <>{props.empty}</>;
  return (
    <Stack gap="sm">
      {isNarrow === true ? <Cards {...props} /> : <Wide {...props} />}
      {props.more === undefined ? null : (
        <Center>
          <Button variant="default" onClick={props.more} loading={props.isLoadingMore ?? false}>
            Show more
          </Button>
        </Center>
      )}
    </Stack>
  );
}

function Wide<Row>({ label, columns, rows, rowKey, isChosen }: DataTableProps<Row>) {
  return (
    <Card withBorder padding={0}>
      <ScrollArea scrollbars="x" viewportProps={{ tabIndex: 0, 'aria-label': label, role: 'group' }}>
        <Table highlightOnHover aria-label={label} horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ name, heading, isNumber }) => (
                <Table.Th
                  key={name}
                  scope="col"
                  ta={isNumber === true ? 'right' : 'left'}
                  style={{ whiteSpace: 'nowrap' }}
                >
                  {heading}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr
                key={rowKey(row)}
                {...(isChosen?.(row) === true
                  ? { 'data-chosen': true, bg: 'var(--mantine-primary-color-light)' }
                  : {})}
              >
                {columns.map(({ name, cell, isNumber }) => (
                  <Table.Td key={name} ta={isNumber === true ? 'right' : 'left'}>
                    {cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Card>
  );
}

function Cards<Row>({ label, columns, rows, rowKey }: DataTableProps<Row>) {
  const [first, ...others] = columns.filter(({ isWideOnly }) => isWideOnly !== true);
  return (
    <Stack gap="xs" component="ul" aria-label={label} style={{ listStyle: 'none', padding: 0, margin: 0 }}>
      {rows.map((row) => (
        <Card key={rowKey(row)} component="li" withBorder padding="sm">
          <Box fw={600} style={{ overflowWrap: 'anywhere' }}>
            {first?.cell(row)}
          </Box>
          {others.map(({ name, heading, cell }) => (
            <Group key={name} justify="space-between" gap="md" wrap="nowrap" mt={4}>
              <Text size="sm" c="dimmed" component="div">
                {heading}
              </Text>
              <Text size="sm" ta="right" component="div" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                {cell(row)}
              </Text>
            </Group>
          ))}
        </Card>
      ))}
    </Stack>
  );
}
