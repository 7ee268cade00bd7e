import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Caller } from '../caller.ts';
import { operationName, versionOfCharge } from './catalogue.ts';

/** Which versions of the catalogue a hold can be quoted: one that was committed, or one whose apply has begun. */
export interface Versions {
  committed: number;
  begun: number;
}

/** One call, with when it was due; the time that it waited to be sent counts. */
export interface TimedCall {
  dueAt: number;
  milliseconds: number;
}

/** A hold and its settle. */
export interface Use {
  /** The status of the first answer that was no success; undefined when there is none. */
  failed: number | undefined;
  /** Whether it was quoted what no version says, or was charged by another version than it was quoted. */
  isMixed: boolean;
  /** Whether an apply was committed between the hold and the settle. */
  isAcross: boolean;
  calls: TimedCall[];
}

/** What is sent: holds of units, each settled a little later by fewer units. */
export interface Load {
  api: Caller;
  /** Tokens or keys of accounts that may spend credits without limits. */
  bearers: readonly string[];
  operations: number;
  perSecond: number;
  /** Never more holds than these, however long it runs. */
  holdsMax: number;
  versions: Versions;
}

/** Holds that are being sent. */
export interface RunningLoad {
  /** Sends no more, and waits for those that are under way. */
  stop(): Promise<Use[]>;
}

const [heldPages, usedPages] = [7, 6];
/** Whoever is due while so many are under way waits, and its wait counts. */
const underWayMax = 512;
/** How long the work between a hold and its settle takes at most. */
const workMillisecondsMax = 1500;

/** Sends holds at a steady rate, whether or not those before are answered. */
export function startHolds(load: Load): RunningLoad {
  const { perSecond, holdsMax } = load;
  const uses: Promise<Use>[] = [];
  let [isOver, underWay] = [false, 0];
  const sending = (async () => {
    const beganAt = performance.now();
    for (let number = 0; number < holdsMax && !isOver; number += 1) {
      const dueAt = beganAt + (number * 1000) / perSecond;
      const early = dueAt - performance.now();
      if (early > 1) await wait(early);
      while (underWay >= underWayMax) await wait(1);
      underWay += 1;
      uses.push(use(load, number, dueAt).finally(() => (underWay -= 1)));
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await sending;
      return Promise.all(uses);
    },
  };
}

async function use(
  { api, bearers, operations, versions }: Load,
  number: number,
  dueAt: number,
): Promise<Use> {
  const bearer = bearers[number % bearers.length];
  const [calls, place]: [TimedCall[], number] = [[], (number * 37) % operations];
  const post = async (path: string, body: object, at: number) => {
    const headers = { 'idempotency-key': randomUUID() };
    const answer = await persist(() =>
      api.rest('POST', `/v1/credits/holds${path}`, { body, bearer, headers }),
    );
    calls.push({ dueAt: at, milliseconds: performance.now() - at });
    return answer;
  };
  const least = versions.committed;
  const held = await post('', { operation: operationName(place), units: heldPages }, dueAt);
  const most = versions.begun;
  if (held.status !== 201) return { failed: held.status, isMixed: false, isAcross: false, calls };
  const quoted = versionOfCharge(place, held.body.amount, heldPages);
  await wait(Math.random() * workMillisecondsMax);
  const isAcross = versions.committed > (quoted ?? 0);
  const settled = await post(`/${held.body.id}/settle`, { units: usedPages }, performance.now());
  if (settled.status !== 200) return { failed: settled.status, isMixed: false, isAcross, calls };
  const charged = versionOfCharge(place, settled.body.settledAmount, usedPages);
  const isMixed = quoted === undefined || quoted < least || quoted > most || charged !== quoted;
  return { failed: undefined, isMixed, isAcross, calls };
}

/** A server may close a connection that was idle just when it is used: such a call is repeated under its key, as clients do. */
async function persist(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (fault) {
    if (fault instanceof TypeError) return call();
    throw fault;
  }
}
