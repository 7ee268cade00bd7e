/** The rate of a row in one round. */
export interface Rate {
  perSecond: number;
  p99Milliseconds?: number;
}

/** Something to measure. `run` measures it for a number of seconds. */
export interface Row {
  name: string;
  run(seconds: number): Promise<Rate>;
}

/** A row that runs for some seconds before each measurement, like pgbench, because an idle server is slower at first. */
export const settled = ({ name, run }: Row, settlingSeconds = 3): Row => ({
  name,
  run: async (seconds) => {
    await run(settlingSeconds);
    return run(seconds);
  },
});

/** The results of all rounds. */
export interface Rounds {
  names: readonly string[];
  median(name: string): Rate;
  /** Median over the rounds of the rate of `name` divided by the rate of `base` in the same round. */
  ratio(name: string, base: string): number;
}

/** `BENCH_ROUNDS`, `BENCH_SECONDS` and `BENCH_ONLY` (a pattern of names) make a run shorter and its ratios less exact. */
const shorter = {
  rounds: process.env['BENCH_ROUNDS'],
  seconds: process.env['BENCH_SECONDS'],
  only: new RegExp(process.env['BENCH_ONLY'] ?? ''),
};

/**
 * Measures all rows in turn in each round, so other load on the machine affects all rows alike. Ratios compare rows of
 * the same round. A short warm-up round runs first.
 */
export async function inRounds(
  allRows: readonly Row[],
  {
    rounds: usualRounds,
    seconds: usualSeconds,
    warmUpSeconds = 1,
  }: { rounds: number; seconds: number; warmUpSeconds?: number },
): Promise<Rounds> {
  const rows = allRows.filter(({ name }) => shorter.only.test(name));
  const rounds = Number(shorter.rounds ?? usualRounds);
  const seconds = Number(shorter.seconds ?? usualSeconds);
  const all = new Map<string, Rate[]>(rows.map(({ name }) => [name, []]));
  for (const { run } of rows) await run(warmUpSeconds);
  for (let round = 0; round < rounds; round += 1)
    for (const { name, run } of rows) all.get(name)?.push(await run(seconds));
  const of = (name: string): Rate[] => all.get(name) ?? [];
  return {
    names: [...all.keys()],
    median: (name) => {
      const tails = of(name).flatMap(({ p99Milliseconds }) => p99Milliseconds ?? []);
      const perSecond = median(of(name).map((rate) => rate.perSecond));
      return tails.length === 0 ? { perSecond } : { perSecond, p99Milliseconds: median(tails) };
    },
    ratio: (name, base) =>
      median(of(name).map(({ perSecond }, round) => perSecond / (of(base)[round]?.perSecond ?? Number.NaN))),
  };
}

/** The median, or NaN of an empty list. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
