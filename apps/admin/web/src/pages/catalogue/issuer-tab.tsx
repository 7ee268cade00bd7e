import { Badge, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { CatalogueIssuer, CataloguePayee } from '@tenantry/domain/catalogue/catalogue';
import { Copy } from '@tenantry/ui/copy';
import { Facts } from '@tenantry/ui/facts';
import { Empty } from '@tenantry/ui/state';
import type { ReactNode } from 'react';
import type { Stored } from './draft.ts';

/** Who writes the invoices, where money is sent, and how customers can pay. */
export function IssuerTab({ stored: { catalogue } }: { readonly stored: Stored }) {
  const { issuer } = catalogue;
  return (
    <Stack gap="lg">
      {issuer === null ? (
        <Empty title="Nobody writes invoices yet">
          Declare the issuer with a payee for each currency in the file. Without one no bank transfer can
          arrive.
        </Empty>
      ) : (
        <Declared issuer={issuer} />
      )}
      <PaymentMethods currencies={Object.keys(issuer?.payees ?? {})} />
    </Stack>
  );
}

function Declared({ issuer }: { readonly issuer: CatalogueIssuer }) {
  const { name, address, taxId, email, taxRateBasisPoints, invoicePrefix, payees } = issuer;
  return (
    <>
      <Section title="Issuer">
        <Facts
          facts={[
            ['Name', name],
            ['Address', address.join(', ')],
            ['Tax id', taxId ?? 'none'],
            ['E-mail', email ?? 'none'],
            [
              'Tax in prices',
              taxRateBasisPoints === null ? 'none is charged' : `${taxRateBasisPoints / 100} %`,
            ],
            ['Invoice numbers', `begin with ${invoicePrefix}`],
          ]}
        />
        <Text size="sm" c="dimmed" mt="sm">
          Invoices keep the issuer and the payee as they were. Change both in the file.
        </Text>
      </Section>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {Object.entries(payees).map(([currency, payee]) => (
          <Section key={currency} title={`Payee for ${currency}`}>
            <Payee payee={payee} />
          </Section>
        ))}
      </SimpleGrid>
    </>
  );
}

function Payee({ payee: { name, bank, iban, bic, account } }: { readonly payee: CataloguePayee }) {
  return (
    <Facts
      facts={[
        ['Holder', name],
        ['Bank', bank],
        ['IBAN', iban === null ? undefined : <Copy key="iban" value={iban} label="the IBAN" />],
        ['BIC', bic ?? undefined],
        ['Account', account.length === 0 ? undefined : account.join(', ')],
      ]}
    />
  );
}

function PaymentMethods({ currencies }: { readonly currencies: readonly string[] }) {
  return (
    <Section title="Payment methods">
      <Stack gap="sm">
        <Method
          name="Bank transfer"
          note={currencies.length === 0 ? 'It needs a payee.' : `To the payee for ${currencies.join(', ')}.`}
        />
        <Method name="Stripe" note="Cards and wallets." isComing />
        <Method name="PayPal" note="PayPal accounts." isComing />
      </Stack>
    </Section>
  );
}

function Method({
  name,
  note,
  isComing = false,
}: {
  readonly name: string;
  readonly note: string;
  readonly isComing?: boolean;
}) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      </div>
      {isComing ? (
        <Badge variant="light" color="gray" tt="none" className="tenantry-badge">
          Coming soon
        </Badge>
      ) : null}
    </Group>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card withBorder>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </Card>
  );
}
