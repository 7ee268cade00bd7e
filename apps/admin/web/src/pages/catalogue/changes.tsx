import { List, Stack, Text } from '@mantine/core';
import type { CataloguePlan } from '@tenantry/client';
import { formatNumber } from '@tenantry/ui/format/number';

type Change = CataloguePlan['changes'][number];

/** The most changes that are written out; a whole new catalogue has more. */
const changesMax = 40;

const nouns: Record<Change['part'], string> = {
  features: 'Feature',
  limits: 'Limit',
  plans: 'Plan',
  operations: 'Operation',
  packages: 'Package',
  issuer: 'Issuer',
};

/** What becomes of a thing, as the end of a sentence. */
function becomes({ part, change }: Change): string {
  if (change === 'add') return 'is added';
  if (change === 'version') return part === 'operations' ? 'gets a new price' : 'gets a new version';
  if (change === 'state') return 'changes its state';
  if (change === 'update') return 'is described anew';
  if (part === 'plans') return 'is unlisted';
  return part === 'operations' ? 'is withdrawn' : 'is taken away';
}

const countOf = (accounts: number): string =>
  accounts === 1 ? '1 account' : `${formatNumber(accounts)} accounts`;

/** Whom a change touches and what that means for them, in sentences; nothing of what is only added or described. */
function consequenceOf(change: Change): string {
  if (change.part === 'operations' && change.change === 'remove')
    return 'Nothing new is held at it. Open holds settle at the price that they were quoted.';
  if (change.part === 'operations' && change.change === 'version')
    return 'Open holds settle at the price that they were quoted.';
  if (change.part === 'issuer') return 'Invoices that were written keep the issuer that they have.';
  return change.part === 'plans' && change.change !== 'add'
    ? `${touched(change)} ${meaningOf(change)}`.trim()
    : '';
}

/** Whom a change of a plan touches, as a sentence. */
function touched({ accounts, versions }: Change): string {
  if (accounts === 0) return 'No account has it.';
  const byVersion = versions.map((held) => `${formatNumber(held.accounts)} on version ${held.version}`);
  return `Touches ${countOf(accounts)}: ${byVersion.join(', ')}.`;
}

/** What a change of a plan's state means for whoever has the plan. */
function meaningOf({ change, accounts, details }: Change): string {
  if (accounts === 0) return '';
  if (details.some((detail) => detail.endsWith('→ withdrawn')))
    return 'They are refused within five seconds.';
  return change === 'version' ? '' : 'It keeps working for them.';
}

/** The changes of a file, each with the fields that differ and whom it touches. */
export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const shown = changes.slice(0, changesMax);
  return (
    <Stack gap="xs">
      {shown.map((change) => (
        <div key={`${change.part} ${change.name} ${change.change}`}>
          <Text size="sm" fw={600}>
            {nouns[change.part]} {change.name} {becomes(change)}
          </Text>
          <Text size="sm">{consequenceOf(change)}</Text>
          {change.details.length === 0 ? null : (
            <List size="sm" withPadding>
              {change.details.map((detail) => (
                <List.Item key={detail}>
                  <Text size="sm" lineClamp={4} style={{ overflowWrap: 'anywhere' }}>
                    {detail}
                  </Text>
                </List.Item>
              ))}
            </List>
          )}
        </div>
      ))}
      {changes.length > changesMax ? (
        <Text size="sm">And {formatNumber(changes.length - changesMax)} more.</Text>
      ) : null}
    </Stack>
  );
}
