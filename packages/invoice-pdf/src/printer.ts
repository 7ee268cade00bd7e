import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { PrintedInvoice } from './port.ts';

/** Prints invoices beside the thread that answers calls. */
export interface InvoicePrinter {
  /** The PDF of an invoice; undefined while too many wait, or when it took too long. */
  print(invoice: PrintedInvoice): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** Each that waits keeps a connection to the database. */
const waitingMax = 3;
const secondsMax = 8;
const megabytesMax = 192;

/** What the thread answers: a PDF, or why there is none. */
export type Printed = { bytes: Uint8Array } | { fault: string };

/** Opens a printer with one thread, which starts with the first invoice and ends when one takes longer than 8 seconds. */
export function openInvoicePrinter(): InvoicePrinter {
  const oneByOne = pLimit(1);
  let thread: Worker | undefined;
  const end = async () => {
    const ended = thread;
    thread = undefined;
    await ended?.terminate();
  };
  const printNow = async (invoice: PrintedInvoice): Promise<Uint8Array | undefined> => {
    thread ??= startThread();
    const printed = await answerOf(thread, invoice);
    if (printed === undefined) await end();
    if (printed !== undefined && 'fault' in printed)
      throw new Error(`An invoice was not printed: ${printed.fault}`);
    return printed?.bytes;
  };
  return {
    print: async (invoice) =>
      oneByOne.pendingCount >= waitingMax ? undefined : oneByOne(() => printNow(invoice)),
    close: end,
  };
}

function startThread(): Worker {
  const thread = new Worker(new URL('printer-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: megabytesMax },
  });
  thread.unref();
  return thread;
}

/** What the thread answers to one invoice; undefined when it ends before that, or takes too long. */
async function answerOf(thread: Worker, invoice: PrintedInvoice): Promise<Printed | undefined> {
  const { promise, resolve } = Promise.withResolvers<Printed | undefined>();
  const giveUp = () => resolve(undefined);
  const timer = setTimeout(giveUp, secondsMax * 1000);
  thread.once('message', resolve).once('error', giveUp).once('exit', giveUp);
  thread.postMessage(invoice);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    thread.off('message', resolve).off('error', giveUp).off('exit', giveUp);
  }
}
