import { Page } from '@tenantry/ui/page';
import { Loaded } from '@tenantry/ui/state';
import { Button, ScrollArea, Tabs } from '@mantine/core';
import { IconShieldQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { Loading } from '@tenantry/ui/state';
import { api } from '../../api.ts';
import { Actions } from './actions/menu.tsx';
import { Head } from './head.tsx';
import { useNames } from './names.ts';
import { Overview } from './overview.tsx';
import type { AccountSearch } from './search.ts';
import { WhyRefused } from './why-refused.tsx';

const Credits = lazy(async () => ({ default: (await import('./credits.tsx')).Credits }));
const Usage = lazy(async () => ({ default: (await import('./usage.tsx')).Usage }));
const Billing = lazy(async () => ({ default: (await import('./billing.tsx')).Billing }));
const People = lazy(async () => ({ default: (await import('./people.tsx')).People }));
const Messages = lazy(async () => ({ default: (await import('./messages.tsx')).Messages }));
const Audit = lazy(async () => ({ default: (await import('./audit.tsx')).Audit }));

const tabs = [
  { value: 'overview', label: 'Overview' },
  { value: 'credits', label: 'Credits' },
  { value: 'usage', label: 'Usage' },
  { value: 'billing', label: 'Billing' },
  { value: 'people', label: 'People & keys' },
  { value: 'messages', label: 'Webhooks & mails' },
  { value: 'audit', label: 'Audit' },
] as const;
type Tab = (typeof tabs)[number]['value'];

const from = '/signed-in/accounts/$accountId/$tab';

/** One account: what it may do and why, and everything that staff look up or change of it. */
export function Account() {
  const { accountId, tab: asked } = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from: '/accounts/$accountId/$tab' });
  const query = useQuery(api.account.get.queryOptions({ accountId }));
  const names = useNames(accountId);
  const tab: Tab = tabs.find(({ value }) => value === asked)?.value ?? 'overview';
  const setSearch = (changes: AccountSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true, resetScroll: false });
  const asks = { kind: search.who, id: search.id, procedure: search.procedure, address: search.address };
  return (
    <Loaded query={query} lines={10}>
      {(account) => (
        <Page
          title={account.name}
          subtitle={<Head account={account} />}
          actions={
            <>
              <Button
                variant="default"
                leftSection={<IconShieldQuestion size={16} aria-hidden />}
                aria-expanded={search.why === true}
                onClick={() => setSearch({ why: search.why === true ? undefined : true })}
              >
                Why refused?
              </Button>
              <Actions account={account} />
            </>
          }
        >
          {search.why === true ? (
            <WhyRefused
              accountId={accountId}
              asked={Object.fromEntries(Object.entries(asks).filter(([, value]) => value !== undefined))}
              ask={({ kind, id, procedure, address }) => setSearch({ who: kind, id, procedure, address })}
            />
          ) : null}
          <Tabs
            value={tab}
            keepMounted={false}
            onChange={(value) =>
              void navigate({
                params: { accountId, tab: value ?? 'overview' },
                search: {},
                resetScroll: false,
              })
            }
          >
            <ScrollArea scrollbars="x" type="never">
              <Tabs.List style={{ flexWrap: 'nowrap' }}>
                {tabs.map(({ value, label }) => (
                  <Tabs.Tab key={value} value={value} style={{ whiteSpace: 'nowrap' }}>
                    {label}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
            </ScrollArea>
            <Suspense fallback={<Loading lines={8} />}>
              <Tabs.Panel value="overview" pt="md">
                <Overview account={account} names={names} />
              </Tabs.Panel>
              <Tabs.Panel value="credits" pt="md">
                <Credits accountId={accountId} names={names} search={search} setSearch={setSearch} />
              </Tabs.Panel>
              <Tabs.Panel value="usage" pt="md">
                <Usage accountId={accountId} names={names} search={search} setSearch={setSearch} />
              </Tabs.Panel>
              <Tabs.Panel value="billing" pt="md">
                <Billing accountId={accountId} />
              </Tabs.Panel>
              <Tabs.Panel value="people" pt="md">
                <People accountId={accountId} names={names} />
              </Tabs.Panel>
              <Tabs.Panel value="messages" pt="md">
                <Messages accountId={accountId} search={search} setSearch={setSearch} />
              </Tabs.Panel>
              <Tabs.Panel value="audit" pt="md">
                <Audit accountId={accountId} names={names} />
              </Tabs.Panel>
            </Suspense>
          </Tabs>
        </Page>
      )}
    </Loaded>
  );
}
