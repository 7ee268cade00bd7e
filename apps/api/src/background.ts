/** Work that an answer must not wait for, nor tell by its time. */
export interface Background {
  /** Begins the work after the answer; a fault is told to the log. */
  run(name: string, work: () => Promise<void>): void;
  /** Waits for everything that has begun. */
  settle(): Promise<void>;
}

/** Opens a place for such work. */
export function openBackground(log: { error(facts: object, text: string): void }): Background {
  const running = new Set<Promise<void>>();
  return {
    run(name, work) {
      const one = new Promise<void>((resolve) => setImmediate(resolve))
        .then(work)
        .catch((err: unknown) => log.error({ err, name }, 'work after an answer failed'))
        .finally(() => running.delete(one));
      running.add(one);
    },
    settle: async () => void (await Promise.all(running)),
  };
}
