import type { Rounds } from './rounds.ts';

/** What the rows of the peer are called. */
export const peerNames = { spread: 'peer, spread', one: 'peer, one key' } as const;

/** The least ratio of each row to the peer's row with as many keys. */
const goals: Readonly<Record<string, number>> = {
  'verify, spread': 15,
  'verify, one account': 15,
  'verify with a hold, spread': 1,
  'verify with a hold, one account': 6,
};

/** Prints every row with its ratio to the peer beside the goal. */
export function printVerify(inFlight: number, { names, median, ratio }: Rounds): void {
  console.log(`\n${inFlight} in flight\n
| what | requests/s | p99 ms | ÷ peer | goal | |
|---|---:|---:|---:|---:|---|`);
  for (const name of names) {
    const { perSecond, p99Milliseconds } = median(name);
    const reached = ratio(name, name.includes('spread') ? peerNames.spread : peerNames.one);
    const goal = goals[name];
    const verdict = goal === undefined ? '' : reached >= goal ? 'reached' : 'missed';
    console.log(
      `| ${name} | ${perSecond.toFixed(0)} | ${p99Milliseconds} | ${reached.toFixed(1)} | ${goal ?? '–'} | ${verdict} |`,
    );
  }
}
