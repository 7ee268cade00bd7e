import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { PrintedCreditNote, PrintedDocument, PrintedInvoice } from './port.ts';

/** Prints invoices and credit notes beside the thread that answers calls. */
export interface InvoicePrinter {
  /** The PDF of an invoice; undefined while too many wait, or when it took too long. */
  print(invoice: PrintedInvoice): Promise<Uint8Array | undefined>;
  /** The PDF of a credit note; undefined as above. */
  printCreditNote(note: PrintedCreditNote): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** Each that waits keeps a call open, and no connection to the database. */
const waitingMax = 8;
const secondsMax = 8;
const megabytesMax = 192;

/** What the thread answers: a PDF, or why there is none. */
export type Printed = { bytes: Uint8Array } | { fault: string };

/** Opens a printer with one thread, which starts with the first document and ends when one takes longer than 8 seconds. */
export function openInvoicePrinter(): InvoicePrinter {
  const oneByOne = pLimit(1);
  let thread: Worker | undefined;
  const end = async () => {
    const ended = thread;
    thread = undefined;
    await ended?.terminate();
  };
  const printNow = async (document: PrintedDocument): Promise<Uint8Array | undefined> => {
    thread ??= startThread();
    const printed = await answerOf(thread, document);
    if (printed === undefined) await end();
    if (printed !== undefined && 'fault' in printed)
      throw new Error(`A document was not printed: ${printed.fault}`);
    return printed?.bytes;
  };
  const print = async (document: PrintedDocument) =>
    oneByOne.pendingCount >= waitingMax ? undefined : oneByOne(() => printNow(document));
  return {
    print: (invoice) => print({ kind: 'invoice', invoice }),
    printCreditNote: (note) => print({ kind: 'credit_note', note }),
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

/** What the thread answers to one document; undefined when it ends before that, or takes too long. */
async function answerOf(thread: Worker, document: PrintedDocument): Promise<Printed | undefined> {
  const { promise, resolve } = Promise.withResolvers<Printed | undefined>();
  const giveUp = () => resolve(undefined);
  const timer = setTimeout(giveUp, secondsMax * 1000);
  thread.once('message', resolve).once('error', giveUp).once('exit', giveUp);
  thread.postMessage(document);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    thread.off('message', resolve).off('error', giveUp).off('exit', giveUp);
  }
}
