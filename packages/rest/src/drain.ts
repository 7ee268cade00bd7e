import type { IncomingMessage } from 'node:http';

const drainMilliseconds = 5000;
const drainBytesMax = 64 * 1024 * 1024;

/**
 * Reads what a client still sends of a body that is refused, and drops it, at most 64 MiB and for at most 5 s. A client
 * that sends everything before it reads would otherwise see a broken connection and not the refusal.
 */
export async function drain(raw: IncomingMessage): Promise<void> {
  if (raw.complete || raw.destroyed) return;
  raw.unpipe();
  let bytes = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const count = (chunk: Uint8Array): void => {
    bytes += chunk.length;
    if (bytes > drainBytesMax) resolve();
  };
  const timer = setTimeout(resolve, drainMilliseconds);
  raw.on('data', count).once('end', resolve).once('close', resolve).resume();
  await promise;
  clearTimeout(timer);
  raw.off('data', count);
}
