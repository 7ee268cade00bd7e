/** How long a loop that found nothing to do waits. */
const idleMilliseconds = 250;

/** Work that is repeated until it is stopped. */
export interface Loop {
  /** Begins the next round at once. */
  wake(): void;
  /** Begins no further round, and waits for the one that runs. */
  stop(): Promise<void>;
}

/**
 * Repeats a round. A round that answers that it found nothing to do, and one that fails, is followed by a pause; `onFault` is
 * told of the fault, and the loop goes on.
 */
export function startLoop(round: () => Promise<boolean>, onFault: (fault: unknown) => void): Loop {
  let isStopped = false;
  let wake: () => void = () => undefined;

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, idleMilliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    while (!isStopped) {
      const hasWorked = await round().catch((fault: unknown) => {
        onFault(fault);
        return false;
      });
      if (!hasWorked && !isStopped) await pause();
    }
  };

  const ended = run();
  return {
    wake: () => wake(),
    stop: () => {
      isStopped = true;
      wake();
      return ended;
    },
  };
}
