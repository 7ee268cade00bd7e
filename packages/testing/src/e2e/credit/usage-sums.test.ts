import { type UsageDimension, usageDimensions } from '@tenantry/domain/usage/range';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  now as beginning,
  openServiceTest,
} from '@tenantry/services/service.fixture';
import { listUsage } from '@tenantry/services/usage/list';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type History, type Part, happen, openHistory, step } from './usage-history.fixture.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const runs = Number(process.env['USAGE_RUNS'] ?? 25);
const day = 86_400_000;

/** Minutes that local midnight is before that of UTC, whole and half hours and quarters. */
const offsets = [0, 60, -480, 330, 345, -210, 840] as const;

/** A moment as a client in a time zone writes it. */
function inZone(at: Date, offsetMinutes: number): string {
  const local = new Date(at.getTime() + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const zone = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${zone}`;
}

type Sum = Pick<Part, 'spent' | 'estimated' | 'charges'>;
type Sums = Map<string, Sum>;

function add(sums: Sums, group: string | null, { spent, estimated, charges }: Sum): void {
  const before = sums.get(String(group)) ?? { spent: 0, estimated: 0, charges: 0 };
  sums.set(String(group), {
    spent: before.spent + spent,
    estimated: before.estimated + estimated,
    charges: before.charges + charges,
  });
}

const isNothing = ({ spent, estimated, charges }: Sum) => spent === 0 && estimated === 0 && charges === 0;
const textOf = (sums: Sums) =>
  [...sums]
    .filter(([, sum]) => !isNothing(sum))
    .map(([group, { spent, estimated, charges }]) => `${group} ${spent} ${estimated} ${charges}`)
    .toSorted((left, right) => (left < right ? -1 : 1));

/** What usage answers for a range. */
async function usageOf(tenant: Tenant, by: UsageDimension, [from, to]: readonly [string, string]) {
  const question = { by, from, to, limit: 100 };
  const now = new Date(beginning.getTime() + 40 * day);
  const page = accepted(await services.inAccount(tenant, (context) => listUsage(context, question), { now }));
  expect(page.nextCursor).toBeNull();
  for (const { spent, reported, estimated } of page.items) expect(reported + estimated).toBe(spent);
  return page.items;
}

function groupOf({ at, operation, site, key }: Part, by: UsageDimension): string | null {
  if (by === 'day') return at.toISOString().slice(0, 10);
  return by === 'operation' ? operation : by === 'site' ? site : key;
}

/** Checks each dimension: the sum over the pieces of a range is what happened in it. */
async function checkRange({ tenant, parts }: History, edges: readonly Date[], offset: number): Promise<void> {
  const [first, last] = [edges[0] ?? beginning, edges.at(-1) ?? beginning];
  const inRange = parts.filter(({ at }) => at >= first && at < last);
  for (const by of usageDimensions) {
    const [expected, pieces, whole]: [Sums, Sums, Sums] = [new Map(), new Map(), new Map()];
    for (const part of inRange) add(expected, groupOf(part, by), part);
    for (const [index, edge] of edges.slice(1).entries()) {
      const piece = [inZone(edges[index] ?? edge, offset), inZone(edge, offset)] as const;
      for (const item of await usageOf(tenant, by, piece)) add(pieces, item.group, item);
    }
    for (const item of await usageOf(tenant, by, [inZone(first, offset), inZone(last, offset)]))
      add(whole, item.group, item);
    expect(textOf(whole), by).toEqual(textOf(expected));
    expect(textOf(pieces), by).toEqual(textOf(expected));
  }
}

/** What the journal moved into and out of the spent credits in a range. */
async function spentInJournal({ accountId }: Tenant, from: Date, to: Date): Promise<number> {
  const [row] = await services.database.query(
    `select coalesce(sum(case to_book when 'spent' then amount else -amount end), 0)::int as spent from ledger_entry
     where account_id = $1 and at >= $2 and at < $3 and (to_book = 'spent' or from_book = 'spent')`,
    [accountId, from, to],
  );
  return Number(row?.['spent']);
}

/** Local midnights from a day before the beginning to a day after the last step. */
function midnights(offset: number, last: Date): Date[] {
  const first = Math.floor(beginning.getTime() / day) * day - offset * 60_000 - day;
  const days = Math.ceil((last.getTime() - first) / day) + 1;
  return Array.from({ length: days + 1 }, (_, number) => new Date(first + number * day));
}

describe('usage', () => {
  it('adds up to the journal over any split of days, for every dimension and offset, with every correction (I25)', async () => {
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 25 }),
      fc.constantFrom(...offsets),
      fc.array(fc.nat(8 * 86_400), { minLength: 1, maxLength: 3 }),
      async (steps, offset, cuts) => {
        const history = await openHistory(services, beginning);
        let at = beginning;
        for (const one of steps) {
          at = new Date(at.getTime() + one.after * 1000);
          await happen(services, history, one, at);
        }
        const days = midnights(offset, at);
        await checkRange(history, days, offset);
        // Cuts at any second, and at the very moment of what happened.
        const any = cuts.map((seconds) => new Date(beginning.getTime() + seconds * 1000));
        const exact = history.parts.slice(0, 2).map((part) => part.at);
        const edges = [...any, ...exact, days.at(-1) ?? at]
          .map(Number)
          .toSorted((left, right) => left - right)
          .filter((edge, index, all) => edge !== all[index - 1])
          .map((edge) => new Date(edge));
        if (edges.length > 1) await checkRange(history, edges, offset);
        const [first, last] = [edges[0] ?? beginning, edges.at(-1) ?? at];
        const spent = history.parts
          .filter((part) => part.at >= first && part.at < last)
          .reduce((sum, part) => sum + part.spent, 0);
        expect(await spentInJournal(history.tenant, first, last)).toBe(spent);
      },
    );
    await fc.assert(property, { numRuns: runs });
  }, 600_000);
});
