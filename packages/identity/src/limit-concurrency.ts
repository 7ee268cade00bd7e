/** Runs one piece of work after its turn has come. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** At most `concurrentMax` pieces of work run at once; the others wait in the order they came. */
export function limitConcurrency(concurrentMax: number): InTurn {
  const waiting: Array<() => void> = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < concurrentMax) {
      running += 1;
      return;
    }
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  }

  // The place is handed over rather than freed, so a newcomer cannot overtake who waits.
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
