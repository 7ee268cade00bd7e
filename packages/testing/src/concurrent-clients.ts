/** Runs `attempts` calls with at most `width` in flight and counts their outcomes by name. */
export async function runConcurrently(
  attempts: number,
  width: number,
  attempt: (index: number) => Promise<string>,
): Promise<Record<string, number>> {
  const outcomes: Record<string, number> = {};
  let next = 0;
  const walk = async (): Promise<void> => {
    for (let index = next++; index < attempts; index = next++) {
      const outcome = await attempt(index);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: width }, walk));
  return outcomes;
}
