import { request as httpRequest } from 'node:http';

/** What a test reads of an answer to a request that it wrote itself. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON: the problem of a refusal, or of tRPC's envelope; undefined when it is no JSON. */
  // Tests read answers by their documented fields; what is not there fails the expectation.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface RawRequest {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The body with its length; `chunks` sends one without a length, in these pieces. */
  readonly body?: string | Uint8Array;
  readonly chunks?: readonly (string | Uint8Array)[];
}

/** Sends exactly these headers and bytes over a connection of its own; fetch would tidy them up. */
export function sendRaw(url: string, { method, headers = {}, body, chunks }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const path = url.slice(new URL(url).origin.length);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const sent = { ...length, ...(chunks === undefined ? {} : { 'transfer-encoding': 'chunked' }), ...headers };
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: hostname, port, method, path, agent: false, headers: headersOf(sent) },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            body: parsedOrUndefined(text),
          });
        });
      },
    );
    request.on('error', reject);
    // Node adds a length of 0 to a POST that ends without a body.
    if (body === undefined && !('content-length' in sent)) request.removeHeader('content-length');
    for (const chunk of chunks ?? []) request.write(chunk);
    request.end(body);
  });
}

function headersOf(
  headers: Readonly<Record<string, string | readonly string[]>>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The problem that an answer is, on REST or in tRPC's envelope; of a batch that of its first call. */
// oxlint-disable-next-line typescript/no-explicit-any
export function problemIn({ body }: RawAnswer): any {
  const one: unknown = Array.isArray(body) ? body[0] : body;
  if (typeof one !== 'object' || one === null || !('error' in one)) return one;
  const { error } = one;
  return typeof error === 'object' && error !== null && 'data' in error ? error.data : undefined;
}
