import { setTimeout as wait } from 'node:timers/promises';
import type { Caller } from '../caller.ts';
import { versionOfAmount, versionOfCharge } from './catalogue.ts';

/** Lists of plans and of operations that are being read. */
export interface RunningLists {
  /** How many were read, and how many of them showed things of two versions of the catalogue, or not all. */
  stop(): Promise<{ read: number; mixed: number }>;
}

interface Listed {
  items: readonly Record<string, unknown>[];
}

const pauseMilliseconds = 250;

/** Reads the price list and the plans over and over; each of them has to be of one version of the catalogue. */
export function startLists(
  api: Caller,
  bearer: string | undefined,
  size: { plans: number; operations: number },
): RunningLists {
  let [isOver, read, mixed] = [false, 0, 0];
  const count = (versions: readonly unknown[], expected: number) => {
    read += 1;
    if (versions.length !== expected || new Set(versions).size !== 1) mixed += 1;
  };
  const reading = (async () => {
    while (!isOver) {
      const operations = await api.rest('GET', '/v1/operations', { bearer });
      count(operations.status === 200 ? operationVersions(operations.body) : [], size.operations);
      const plans = await api.rest('GET', '/v1/plans');
      // Whoever reads plans needs no credential, so the throttle of the address counts these.
      if (plans.status !== 429) count(planVersions(plans.body), size.plans);
      await wait(pauseMilliseconds);
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await reading;
      return { read, mixed };
    },
  };
}

const operationVersions = ({ items }: Listed) =>
  items.flatMap(({ name, creditsPerUnit }) => {
    const [, number] = /^op_(\d+)$/.exec(String(name)) ?? [];
    return number === undefined ? [] : [versionOfCharge(Number(number), Number(creditsPerUnit), 1)];
  });

const planVersions = ({ items }: Listed) =>
  items.flatMap(({ slug, price }) => (String(slug).startsWith('plan_') ? [versionOfPrice(price)] : []));

function versionOfPrice(price: unknown): unknown {
  return typeof price === 'object' && price !== null && 'amount' in price
    ? versionOfAmount(Number(price.amount))
    : undefined;
}
