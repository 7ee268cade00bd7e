import type { IncomingMessage } from 'node:http';

/** How much of a body is read so that its connection can be used again; a longer one ends its connection. */
const bytesMax = 16_384;
const charactersMax = 200;

/**
 * The first characters of an answer, on one line, or null for an empty one. It reads no more than 16 KiB and waits no longer
 * than it is told; what it does not read is thrown away with the connection.
 */
export function readAnswer(response: IncomingMessage, milliseconds: number): Promise<string | null> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const finish = () => {
      clearTimeout(timer);
      if (!response.complete) response.destroy();
      done(excerptOf(Buffer.concat(chunks)));
    };
    const timer = setTimeout(finish, milliseconds);
    response.on('data', (chunk: Buffer) => {
      if (bytes < bytesMax) chunks.push(chunk.subarray(0, bytesMax - bytes));
      bytes += chunk.length;
      if (bytes > bytesMax) finish();
    });
    response.on('end', finish);
    response.on('error', finish);
    response.on('close', finish);
  });
}

/** Text of one line that PostgreSQL can store and a page can show. */
function excerptOf(bytes: Buffer): string | null {
  const text = bytes
    .toString('utf8')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  const cut = Array.from(text).slice(0, charactersMax).join('');
  return cut === '' ? null : cut;
}
