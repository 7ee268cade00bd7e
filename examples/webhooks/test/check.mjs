// Verifies one webhook from the command line: SECRET ID TIMESTAMP SIGNATURE, with the body on the standard input.
import { readFileSync } from 'node:fs';
import { verifyWebhook } from '../verify.mjs';

const [secret, id, timestamp, signature] = process.argv.slice(2);
const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
try {
  console.log(verifyWebhook(secret, headers, readFileSync(0)).type);
} catch (fault) {
  console.error(fault.message);
  process.exit(1);
}
