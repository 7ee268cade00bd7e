import { Page } from '@tenantry/ui/page';
import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { usePower } from '../../session.ts';
import { Queue } from './queue.tsx';
import { StatementFiles } from './statement-files.tsx';
import { StatementLines } from './statement-lines.tsx';
import type { TransferTab } from './search.ts';

const route = getRouteApi('/signed-in/transfers');

/** Bank transfers: those that wait for staff, and the lines of bank statements. */
export function Transfers() {
  const { tab = 'waiting' } = route.useSearch();
  const navigate = route.useNavigate();
  // Statements name payers who are no customers.
  const seesStatements = usePower('money:confirm');
  const show = (name: string | null) =>
    void navigate({ search: name === 'lines' || name === 'statements' ? { tab: name } : {} });
  const shown: TransferTab = seesStatements ? tab : 'waiting';
  return (
    <Page title="Transfers" subtitle="Money by bank transfer: what customers report, and what the bank says.">
      <Tabs value={shown} onChange={show} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="waiting">Reported</Tabs.Tab>
          {seesStatements ? <Tabs.Tab value="lines">Lines of the bank</Tabs.Tab> : null}
          {seesStatements ? <Tabs.Tab value="statements">Statements</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="waiting">
          <Queue />
        </Tabs.Panel>
        <Tabs.Panel value="lines">
          <StatementLines />
        </Tabs.Panel>
        <Tabs.Panel value="statements">
          <StatementFiles />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
