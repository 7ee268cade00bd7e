import { parentPort } from 'node:worker_threads';
import type { PrintedInvoice } from './port.ts';
import { printInvoice } from './print.ts';
import type { Printed } from './printer.ts';

const port = parentPort;
if (port === null) throw new Error('This module is the thread of a printer.');
const send = (printed: Printed) => port.postMessage(printed);
port.on('message', (invoice: PrintedInvoice) => {
  printInvoice(invoice).then(
    (bytes) => send({ bytes }),
    (fault: unknown) => send({ fault: fault instanceof Error ? fault.message : 'unknown' }),
  );
});
