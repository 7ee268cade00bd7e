import { Page } from '@tenantry/ui/page';
import { Loaded, Loading } from '@tenantry/ui/state';
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy } from 'react';
import { api } from '../../api.ts';
import { Figures } from './figures.tsx';
import { Waiting } from './waiting.tsx';

const everyMinute = { refetchInterval: 60_000 };

/** Charts are most of the script of this page, so they come after what waits. */
const Charts = lazy(async () => ({ default: (await import('./charts.tsx')).Charts }));

/** The first page of an operator's day: what waits for somebody, and how the last thirty days went. */
export function Today() {
  const overview = useQuery({ ...api.overview.get.queryOptions({}), ...everyMinute });
  return (
    <Page title="Today" subtitle="What waits for you, over all customers">
      <Loaded query={overview} lines={6}>
        {(data) => (
          <Stack gap="lg">
            <Figures overview={data} />
            <Waiting overview={data} />
          </Stack>
        )}
      </Loaded>
      <Suspense fallback={<Loading lines={6} />}>
        <Charts />
      </Suspense>
    </Page>
  );
}
