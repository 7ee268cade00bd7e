/** One call that waits abroad. */
export interface OpenFlow {
  /** Aborts when its caller leaves, or when this process is to end. */
  signal: AbortSignal;
  /** Says that it has come to its end, its credits settled. */
  close(): void;
}

/** The calls that wait abroad, so that a process that is told to end brings them to theirs first. */
export interface Flows {
  open(signal: AbortSignal | undefined): OpenFlow;
  /** Tells every flow, and each that begins from now on, that it is over. */
  end(): void;
  /** Waits until none is open. */
  settle(): Promise<void>;
}

/** Opens a place for such calls. */
export function openFlows(): Flows {
  const open = new Map<AbortController, Promise<void>>();
  let isEnding = false;
  return {
    open(left) {
      const controller = new AbortController();
      const abort = () => controller.abort();
      if (isEnding || left?.aborted === true) abort();
      left?.addEventListener('abort', abort, { once: true });
      const { promise, resolve } = Promise.withResolvers<void>();
      open.set(controller, promise);
      const close = () => {
        left?.removeEventListener('abort', abort);
        open.delete(controller);
        resolve();
      };
      return { signal: controller.signal, close };
    },
    end() {
      isEnding = true;
      for (const controller of open.keys()) controller.abort();
    },
    settle: async () => void (await Promise.all(open.values())),
  };
}
