import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import {
  type CatalogueChange,
  type HeldVersion,
  catalogueChanges,
  unmovableVersions,
} from '@tenantry/domain/catalogue/changes';
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Transaction } from '../transaction.ts';
import { type PlanHolders, holdersOfPlans } from './move.ts';
import { readCatalogue } from './read.ts';

/** A change with the accounts that have a version of the plan. */
export type PlannedChange = CatalogueChange & {
  accounts: number;
  versions: { version: number; accounts: number }[];
};

/** A plan with the versions that no account can be moved from. */
export interface UnmovablePlan {
  plan: string;
  versions: number[];
}

/** What a catalogue would change in the one that is stored. */
export interface CataloguePlanning {
  stored: Catalogue;
  /** Names the stored catalogue. */
  fingerprint: string;
  changes: PlannedChange[];
  unmovable: UnmovablePlan[];
}

/** Names a catalogue by its content: 64 hexadecimal digits, the same for the same content. */
export function fingerprintOf(catalogue: Catalogue): string {
  return createHash('sha256')
    .update(canonicalize(catalogue) ?? '')
    .digest('hex');
}

/** Compares a catalogue with the one that is stored, and counts the accounts that each change of a plan touches. */
export async function comparedCatalogue(
  tx: Transaction,
  wanted: Catalogue,
  now: Date,
): Promise<CataloguePlanning> {
  const stored = await readCatalogue(tx);
  const changes = catalogueChanges(stored, wanted);
  const slugs = changes.filter(({ part }) => part === 'plans').map(({ name }) => name);
  const holders = slugs.length === 0 ? new Map<string, PlanHolders>() : await holdersOfPlans(tx, slugs, now);
  const holdersOf = ({ part, name }: CatalogueChange) => (part === 'plans' ? holders.get(name) : undefined);
  return {
    stored,
    fingerprint: fingerprintOf(stored),
    changes: changes.map((change) => ({
      ...change,
      accounts: holdersOf(change)?.accounts ?? 0,
      versions: holdersOf(change)?.versions.map(({ version, accounts }) => ({ version, accounts })) ?? [],
    })),
    unmovable: changes.flatMap((change) =>
      unmovableOf(change, wanted.plans[change.name], holdersOf(change)?.versions ?? []),
    ),
  };
}

function unmovableOf(
  { change, name }: CatalogueChange,
  wanted: Catalogue['plans'][string] | undefined,
  held: readonly HeldVersion[],
): UnmovablePlan[] {
  if (wanted === undefined || change !== 'version') return [];
  const versions = unmovableVersions(wanted, held);
  return versions.length === 0 ? [] : [{ plan: name, versions }];
}
