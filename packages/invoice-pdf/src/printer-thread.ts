import { parentPort } from 'node:worker_threads';
import { printCreditNote } from './print-credit-note.ts';
import type { PrintedDocument } from './port.ts';
import { printInvoice } from './print.ts';
import type { Printed } from './printer.ts';

const port = parentPort;
if (port === null) throw new Error('This module is the thread of a printer.');
const send = (printed: Printed) => port.postMessage(printed);
const print = (document: PrintedDocument) =>
  document.kind === 'invoice' ? printInvoice(document.invoice) : printCreditNote(document.note);
port.on('message', (document: PrintedDocument) => {
  print(document).then(
    (bytes) => send({ bytes }),
    (fault: unknown) => send({ fault: fault instanceof Error ? fault.message : 'unknown' }),
  );
});
