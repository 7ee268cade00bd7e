import { randomUUID } from 'node:crypto';
import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Problem, TransportErrors, TransportRefusal } from './problem.ts';

/** How long a client may read an answer before its connection is closed, though it goes on to send. */
const lingerMilliseconds = 250;

/** A fault of Node's parser, which names what is wrong with the message. */
interface ParserFault {
  readonly code?: string;
}

const codeOfFault = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'payload_too_large',
} as const;

const isKnown = (code: string): code is keyof typeof codeOfFault => Object.hasOwn(codeOfFault, code);

/**
 * Makes the handler of what Node's parser refuses, for Fastify's option `clientErrorHandler`: a message that is no HTTP,
 * headers above 16 KB, a request that does not arrive in time. It answers a problem and closes the connection.
 */
export function parserErrorHandler({
  problem,
}: TransportErrors): (fault: ParserFault, socket: Duplex) => void {
  return ({ code = '' }, socket) => {
    const answer = answerOn(socket);
    const end = (): void =>
      endWith(socket, problem({ code: isKnown(code) ? codeOfFault[code] : 'invalid_input' }, randomUUID()));
    if (code === 'ECONNRESET' || !socket.writable) socket.destroy();
    // The request before is whole: its answer comes first.
    else if (answer?.req.complete === true) answer.once('close', end);
    else if (answer?.headersSent === true) socket.destroy();
    else end();
  };
}

/** Refuses what Node answers without a body, or by closing the connection: an unknown `Expect`, and CONNECT. */
export function answerUnservedRequests({ server }: FastifyInstance, { problem }: TransportErrors): void {
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const refused = problem({ code: 'expectation_failed' }, randomUUID());
    const body = JSON.stringify(refused);
    response.writeHead(refused.status, headersOf(refused, body)).end(body);
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    endWith(socket, problem({ code: 'method_not_allowed' }, randomUUID()));
  });
}

const noHost: TransportRefusal = {
  code: 'invalid_input',
  message: 'The request has no Host header.',
};

/** An HTTP/1.1 request names its host, once; Node's own answer to one that does not has no body. */
export function refuseWithoutHost(fastify: FastifyInstance, errors: TransportErrors): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.raw.httpVersion !== '1.1' || request.headers.host !== undefined) return undefined;
    return errors.send(reply.header('connection', 'close'), noHost, request.id);
  });
}

function headersOf({ requestId }: Problem, body: string): Record<string, string> {
  return {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    connection: 'close',
  };
}

function endWith(socket: Duplex, refused: Problem): void {
  if (!socket.writable) return;
  const body = JSON.stringify(refused);
  const lines = Object.entries(headersOf(refused, body)).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${refused.status} ${refused.title}`, ...lines, '', body].join('\r\n'));
  // Closed at once, with bytes of the client unread, the connection would be reset and the answer lost.
  setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
}

/** The answer that is under way on a connection; Node keeps it on the socket. */
function answerOn(socket: Duplex): ServerResponse | undefined {
  const answer: unknown = Reflect.get(socket, '_httpMessage');
  return answer instanceof ServerResponse ? answer : undefined;
}
