import type { Refusal } from '@tenantry/domain/refusals';

/** One call that waits for another system. */
export interface OpenCall {
  /** Aborts when the caller disconnects, when this process shuts down, or when the call is ended. */
  signal: AbortSignal;
  /** Ends the call; the refusal is the reason of the signal's abort. */
  end(refusal: Refusal): void;
  /** Says that the call has ended and its credits are settled. */
  close(): void;
}

/** The calls that wait for other systems, so that a process that shuts down can end and settle them first. */
export interface OpenCalls {
  open(signal: AbortSignal | undefined): OpenCall;
  /** Aborts every open call, and each that opens from now on. */
  end(): void;
  /** Resolves when no call is open. */
  settle(): Promise<void>;
}

/** Tracks such calls. */
export function trackOpenCalls(): OpenCalls {
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
      return { signal: controller.signal, end: (refusal) => controller.abort(refusal), close };
    },
    end() {
      isEnding = true;
      for (const controller of open.keys()) controller.abort();
    },
    settle: async () => void (await Promise.all(open.values())),
  };
}
