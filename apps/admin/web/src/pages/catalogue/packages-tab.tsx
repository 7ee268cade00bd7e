import { Button, Group, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { CataloguePackage } from '@tenantry/domain/catalogue/catalogue';
import { Credits, Money } from '@tenantry/ui/amount';
import { Empty } from '@tenantry/ui/state';
import { type Column, DataTable } from '@tenantry/ui/table';
import { useState } from 'react';
import { usePower } from '../../session.ts';
import { type Draft, type Stored, fileOf, withPackage } from './draft.ts';
import { PackageForm } from './package-form.tsx';
import { Toolbar, useFiltered } from './toolbar.tsx';

interface Row {
  readonly slug: string;
  readonly sold: CataloguePackage;
}

const columns: readonly Column<Row>[] = [
  { name: 'package', heading: 'Package', cell: ({ slug }) => slug },
  { name: 'name', heading: 'Name', cell: ({ sold }) => sold.name },
  {
    name: 'credits',
    heading: 'Credits',
    isNumber: true,
    cell: ({ sold }) => <Credits value={sold.credits} />,
  },
  { name: 'price', heading: 'Price', isNumber: true, cell: ({ sold }) => <Money {...sold.price} /> },
  {
    name: 'last',
    heading: 'Credits last',
    cell: ({ sold }) => (sold.validDays === null ? 'as the plan says' : `${sold.validDays} days`),
  },
];

const newPackage: CataloguePackage = {
  name: '',
  credits: 1000,
  price: { amount: 1000, currency: 'USD' },
  validDays: 365,
};

interface TabProps {
  readonly stored: Stored;
  readonly propose: (draft: Draft, applied: () => void) => void;
}

/** The packages of credits. */
export function PackagesTab({ stored, propose }: TabProps) {
  const { catalogue } = stored;
  const canWrite = usePower('catalogue:write');
  const [edited, setEdited] = useState<{ base: Stored; slug?: string; initial: CataloguePackage }>();
  const all = Object.entries(catalogue.packages).map(([slug, sold]) => ({ slug, sold }));
  const rows = useFiltered(all, ({ slug, sold }) => `${slug} ${sold.name}`);
  const end = (slug: string) =>
    propose(
      {
        title: `Sell the package ${slug} no more`,
        text: fileOf(withPackage(catalogue, slug, undefined)),
        fingerprint: stored.fingerprint,
      },
      () => undefined,
    );
  const actions: Column<Row> = {
    name: 'actions',
    heading: 'Actions',
    cell: ({ slug, sold }) => (
      <Group gap="xs" wrap="nowrap" justify="flex-end">
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Change ${slug}`}
          onClick={() => setEdited({ base: stored, slug, initial: sold })}
        >
          Change
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Sell no more: ${slug}`}
          onClick={() => end(slug)}
        >
          Sell no more
        </Button>
      </Group>
    ),
  };
  return (
    <Stack gap={0}>
      <Toolbar label="Filter packages">
        {canWrite ? (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setEdited({ base: stored, initial: newPackage })}
          >
            New package
          </Button>
        ) : undefined}
      </Toolbar>
      <DataTable
        label="Packages of credits"
        columns={canWrite ? [...columns, actions] : columns}
        rows={rows}
        rowKey={({ slug }) => slug}
        empty={
          <Empty title={all.length === 0 ? 'No package is sold' : 'No package has this in its name'}>
            A package is credits that are sold in one piece.
          </Empty>
        }
      />
      {edited === undefined ? null : (
        <PackageForm {...edited} propose={propose} close={() => setEdited(undefined)} />
      )}
    </Stack>
  );
}
