import type { Rounds } from './rounds.ts';

/** A goal: one row as a multiple of another, by the number of calls in flight. */
interface Goal {
  what: string;
  of: string;
  atLeast: Readonly<Record<number, number>>;
}

const hot = 'in process, one account, with idempotency keys';
const goals: readonly Goal[] = [
  { what: 'in process, spread', of: 'pgbench, ours, spread', atLeast: { 32: 0.6, 128: 0.6 } },
  { what: hot, of: 'pgbench, ours, one account', atLeast: { 32: 5, 128: 8 } },
  { what: 'REST, one account', of: 'peer, one key', atLeast: { 32: 8, 128: 8 } },
  { what: 'REST, spread', of: 'peer, spread', atLeast: { 32: 3, 128: 3 } },
];

/** Prints every row with its ratios to the two baselines, then each goal with the ratio that was reached. */
export function printCredits(inFlight: number, { names, median, ratio }: Rounds): void {
  console.log(`\n${inFlight} in flight\n
| what | a second | p99 ms | ÷ pgbench, ours | ÷ peer |
|---|---:|---:|---:|---:|`);
  for (const name of names) {
    const { perSecond, p99Milliseconds } = median(name);
    const isSpread = name.includes('spread');
    const ours = ratio(name, isSpread ? 'pgbench, ours, spread' : 'pgbench, ours, one account');
    const peer = ratio(name, isSpread ? 'peer, spread' : 'peer, one key');
    console.log(
      `| ${name} | ${perSecond.toFixed(0)} | ${p99Milliseconds ?? '–'} | ${ours.toFixed(2)} | ${peer.toFixed(1)} |`,
    );
  }
  console.log('\n| goal | at least | reached |\n|---|---:|---:|');
  for (const { what, of, atLeast } of goals)
    console.log(`| ${what} ÷ ${of} | ${atLeast[inFlight] ?? '–'} | ${ratio(what, of).toFixed(2)} |`);
}
