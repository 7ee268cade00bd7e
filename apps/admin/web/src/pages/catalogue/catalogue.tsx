import { Tabs } from '@mantine/core';
import { Page } from '@tenantry/ui/page';
import { Loaded } from '@tenantry/ui/state';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api } from '../../api.ts';
import { ApplyDialog } from './apply-dialog.tsx';
import type { Draft, Stored } from './draft.ts';
import { FileTab } from './file-tab.tsx';
import { IssuerTab } from './issuer-tab.tsx';
import { OperationsTab } from './operations-tab.tsx';
import { PackagesTab } from './packages-tab.tsx';
import { PlansTab } from './plans-tab.tsx';
import { Gaps } from './preview.tsx';
import { RatesTab } from './rates-tab.tsx';
import { type CatalogueTab, catalogueTabs } from './tabs.ts';

const labels: Record<CatalogueTab, string> = {
  plans: 'Plans',
  operations: 'Operations',
  packages: 'Packages',
  rates: 'Throttle rates',
  issuer: 'Issuer & payees',
  file: 'File',
};

/** What is sold: plans, operations with their prices, packages, rates, and who writes the invoices. */
export function CataloguePage() {
  const { tab = 'plans' } = useSearch({ from: '/signed-in/catalogue' });
  const navigate = useNavigate();
  const stored = useQuery(api.catalogue.get.queryOptions({}));
  return (
    <Page
      title="Catalogue"
      subtitle="What you sell. A version that was sold never changes; a change adds another."
    >
      <Tabs
        value={tab}
        onChange={(value) => {
          const next = catalogueTabs.find((one) => one === value);
          void navigate({ to: '/catalogue', search: next === undefined ? {} : { tab: next } });
        }}
        keepMounted={false}
      >
        <Tabs.List style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }} mb="md">
          {catalogueTabs.map((one) => (
            <Tabs.Tab key={one} value={one} style={{ flexShrink: 0 }}>
              {labels[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Loaded query={stored} lines={6}>
          {(data) => <Contents stored={data} />}
        </Loaded>
      </Tabs>
    </Page>
  );
}

/** The tabs' contents. A change that is reviewed stays open whichever tab made it. */
function Contents({ stored }: { readonly stored: Stored & { readonly gaps: readonly string[] } }) {
  const [review, setReview] = useState<{ draft: Draft; applied: () => void }>();
  const propose = (draft: Draft, applied: () => void) => setReview({ draft, applied });
  const panel = (tab: CatalogueTab, children: ReactNode) => <Tabs.Panel value={tab}>{children}</Tabs.Panel>;
  return (
    <>
      {panel('plans', <PlansTab stored={stored} propose={propose} notes={<Gaps gaps={stored.gaps} />} />)}
      {panel('operations', <OperationsTab stored={stored} propose={propose} />)}
      {panel('packages', <PackagesTab stored={stored} propose={propose} />)}
      {panel('rates', <RatesTab stored={stored} />)}
      {panel('issuer', <IssuerTab stored={stored} />)}
      {panel('file', <FileTab propose={propose} />)}
      {review === undefined ? null : (
        <ApplyDialog draft={review.draft} applied={review.applied} close={() => setReview(undefined)} />
      )}
    </>
  );
}
