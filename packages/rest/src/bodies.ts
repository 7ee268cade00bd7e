import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** A body that is refused before the gate; `code` is the one that Fastify's own parsers give such a fault. */
class BodyFault extends Error {
  readonly code: string;
  readonly statusCode: number;

  constructor(code: string, statusCode: number) {
    super('The request body is refused.');
    this.name = 'BodyFault';
    this.code = code;
    this.statusCode = statusCode;
  }
}

const unsupported = () => new BodyFault('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415);
const malformed = () => new BodyFault('FST_ERR_CTP_INVALID_JSON_BODY', 400);

const utf8Names = new Set(['utf-8', 'utf8']);

/** Whether a media type names a charset besides UTF-8, in any of its parameters. */
function namesAnotherCharset(mediaType: string): boolean {
  const [, ...parameters] = mediaType.split(';');
  return parameters
    .map((parameter) => parameter.split('='))
    .filter(([name = '']) => name.trim().toLowerCase() === 'charset')
    .some(([, value = '']) => !utf8Names.has(value.trim().replaceAll('"', '').toLowerCase()));
}

/** Whether a body without a length has a first byte. Rejects when the client disconnects before it is known. */
async function hasFirstByte(raw: IncomingMessage): Promise<boolean> {
  while (raw.readableLength === 0 && !raw.complete) {
    if (raw.destroyed) throw malformed();
    await new Promise<void>((resolve) => {
      const known = (): void => {
        raw.off('readable', known).off('close', known);
        resolve();
      };
      raw.on('readable', known).on('close', known);
    });
  }
  return raw.readableLength > 0;
}

/** Whether the headers of a request say that it has a body. Behind `takeBodies` it then has one. */
export function carriesBody({ raw: { headers } }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

async function hasBody(request: FastifyRequest): Promise<boolean> {
  if (!carriesBody(request)) return false;
  return request.raw.headers['transfer-encoding'] === undefined || hasFirstByte(request.raw);
}

function refuseEncoding({ raw }: FastifyRequest, reply: FastifyReply): void {
  const { 'content-type': mediaType = '', 'content-encoding': encoding } = raw.headers;
  const types = raw.rawHeaders.filter(
    (text, index) => index % 2 === 0 && text.toLowerCase() === 'content-type',
  );
  if (types.length > 1 || namesAnotherCharset(mediaType)) throw unsupported();
  if (encoding === undefined) return;
  reply.header('accept-encoding', 'identity');
  throw unsupported();
}

/**
 * Makes every route of this server take bodies alike. An empty body is no body, whatever the headers say of it: behind
 * this hook the request has no header that describes one. A body in another charset than UTF-8, or encoded, is 415.
 */
export function takeBodies(fastify: FastifyInstance): void {
  fastify.addHook('preParsing', async (request, reply) => {
    if (await hasBody(request)) return refuseEncoding(request, reply);
    const { headers } = request.raw;
    delete headers['content-type'];
    delete headers['content-encoding'];
    delete headers['transfer-encoding'];
  });
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The text of a body without its byte order mark, if it has one. Throws unless the bytes are UTF-8. */
function decode(body: Uint8Array): string {
  try {
    const text = decoder.decode(body);
    if (!text.startsWith('\uFEFF')) return text;
  } catch {
    // What is no UTF-8 is told like what is no JSON.
  }
  throw malformed();
}

/** Makes JSON the one media type of a scope. A request's body becomes the parsed value, or its text once it has parsed. */
export function takeJson(scope: FastifyInstance, becomes: 'value' | 'text'): void {
  scope.removeAllContentTypeParsers();
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = decode(Buffer.from(body));
    void parse(request, text, (fault, value) => done(fault, becomes === 'text' ? text : value));
  });
}
