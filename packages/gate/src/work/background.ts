/** Work that an answer does not wait for, so that neither its result nor its duration shows in the answer. */
export interface Background {
  /** Begins the work after the answer; a fault goes to the log. */
  run(name: string, work: () => Promise<void>): void;
  /** Resolves when everything that has begun is done. */
  settle(): Promise<void>;
}

/** Runs such work. */
export function openBackground(log: { error(facts: object, text: string): void }): Background {
  const running = new Set<Promise<void>>();
  return {
    run(name, work) {
      const one = new Promise<void>((resolve) => setImmediate(resolve))
        .then(work)
        .catch((err: unknown) => log.error({ err, name }, 'Work in the background failed.'))
        .finally(() => running.delete(one));
      running.add(one);
    },
    settle: async () => void (await Promise.all(running)),
  };
}
