import type { PlanCycle } from '../plans.ts';
import type { Catalogue, CataloguePlan } from './catalogue.ts';

/** The parts of a catalogue that hold things by name. */
const parts = ['features', 'limits', 'plans', 'operations', 'packages'] as const;

/** Everything that a catalogue has. */
export const catalogueParts = [...parts, 'issuer'] as const;

/**
 * `version` adds a version beside those that were sold; `state` lists, unlists or withdraws a plan; `remove` unlists a
 * plan, withdraws an operation, and takes the rest away.
 */
export const changeKinds = ['add', 'version', 'state', 'update', 'remove'] as const;

/** When accounts of a plan that changes go to its new version. */
export const catalogueMoves = ['none', 'renewal', 'now'] as const;

/** One thing that a catalogue changes. `details` say what is different, field by field. */
export interface CatalogueChange {
  part: (typeof catalogueParts)[number];
  name: string;
  change: (typeof changeKinds)[number];
  details: readonly string[];
}

/** A version of a plan that accounts have, or have paid for. */
export interface HeldVersion {
  version: number;
  currency: string;
  cycle: PlanCycle;
  /** Whether it costs nothing, so that a period of it has no end. */
  isFree: boolean;
  /** How many accounts. */
  accounts: number;
}

/** The versions that no account can be moved from: money that was paid in one currency for one cycle says nothing about another, and what was paid none about what costs nothing. */
export function unmovableVersions(
  { price, cycle }: Pick<CataloguePlan, 'price' | 'cycle'>,
  held: readonly HeldVersion[],
): number[] {
  return held
    .filter(
      (version) =>
        version.currency !== price.currency ||
        version.cycle !== cycle ||
        version.isFree !== (price.amount === 0),
    )
    .map(({ version }) => version);
}

/** What has to change so that `stored` becomes `wanted`; nothing where they say the same. */
export function catalogueChanges(stored: Catalogue, wanted: Catalogue): CatalogueChange[] {
  const named = parts.flatMap((part) => {
    const names = [...new Set([...Object.keys(wanted[part]), ...Object.keys(stored[part])])].toSorted();
    return names.flatMap((name) => changesOf(part, name, stored, wanted));
  });
  return [...named, ...issuerChanges(stored, wanted)];
}

function changesOf(
  part: (typeof parts)[number],
  name: string,
  stored: Catalogue,
  wanted: Catalogue,
): CatalogueChange[] {
  if (part === 'plans') return planChanges(name, stored.plans[name], wanted.plans[name]);
  const [before, after] = [stored[part][name], wanted[part][name]];
  if (before === undefined) return [{ part, name, change: 'add', details: [] }];
  if (after === undefined) return [{ part, name, change: 'remove', details: [] }];
  const details = differences(before, after);
  const change = part === 'operations' || part === 'packages' ? 'version' : 'update';
  return details.length === 0 ? [] : [{ part, name, change, details }];
}

/** A plan that is not in the file is unlisted, and keeps working for who has it. */
function planChanges(
  name: string,
  before: CataloguePlan | undefined,
  after: CataloguePlan | undefined,
): CatalogueChange[] {
  const part = 'plans';
  if (after === undefined)
    return before?.state === 'listed'
      ? [{ part, name, change: 'remove', details: ['listed → unlisted'] }]
      : [];
  if (before === undefined) return [{ part, name, change: 'add', details: [] }];
  const details = differences(contentOf(before), contentOf(after));
  if (details.length > 0)
    return [{ part, name, change: 'version', details: [...details, ...stateDifference(before, after)] }];
  const state = stateDifference(before, after);
  return state.length === 0 ? [] : [{ part, name, change: 'state', details: state }];
}

/** What a version of a plan fixes: all but its state. The order of the features says nothing. */
function contentOf({ state: _state, features, ...rest }: CataloguePlan) {
  return { ...rest, features: features.toSorted().join(', ') };
}

function stateDifference(before: CataloguePlan, after: CataloguePlan): string[] {
  return before.state === after.state ? [] : [`${before.state} → ${after.state}`];
}

/** A catalogue without an issuer leaves the one that is stored: invoices need one. */
function issuerChanges(stored: Catalogue, wanted: Catalogue): CatalogueChange[] {
  if (wanted.issuer === null) return [];
  const { name } = wanted.issuer;
  if (stored.issuer === null) return [{ part: 'issuer', name, change: 'add', details: [] }];
  const details = differences(stored.issuer, wanted.issuer);
  return details.length === 0 ? [] : [{ part: 'issuer', name, change: 'version', details }];
}

/** Each field that differs, as `path: before → after`. */
function differences(before: unknown, after: unknown, path = ''): string[] {
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
    return names.flatMap((name) =>
      differences(before[name], after[name], path === '' ? name : `${path}.${name}`),
    );
  }
  const [left, right] = [shown(before), shown(after)];
  if (left === right) return [];
  return [path === '' ? `${left} → ${right}` : `${path}: ${left} → ${right}`];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
