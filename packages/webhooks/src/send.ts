import {
  type ClientRequest,
  type IncomingMessage,
  Agent as HttpAgent,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { type AttemptOutcome, outcomeOf } from '@tenantry/domain/outbox/delivery';
import { isAllowedAddress } from './address.ts';
import { readAnswer } from './answer.ts';
import { RefusedAddress, type Resolve, guardedLookup, resolveBySystem } from './resolve.ts';
import { addressOf } from './target.ts';

/** How long the parts of an attempt may take. */
export interface SendTimeouts {
  connectMilliseconds: number;
  /** From the beginning to the headers of the answer. */
  answerMilliseconds: number;
  /** For what is read of the body. */
  bodyMilliseconds: number;
}

const usualTimeouts: SendTimeouts = {
  connectMilliseconds: 5000,
  answerMilliseconds: 15_000,
  bodyMilliseconds: 1000,
};

/** One request to an endpoint. */
export interface WebhookRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** How it ended. */
export interface WebhookAnswer {
  outcome: AttemptOutcome;
  /** The status of the answer; null when there was none. */
  status: number | null;
  /** The first characters of the answer. */
  answer: string | null;
  /** The seconds of the `Retry-After` header. */
  retryAfterSeconds?: number;
}

/** Sends webhooks. `send` never rejects. */
export interface WebhookSender {
  send(request: WebhookRequest): Promise<WebhookAnswer>;
  close(): void;
}

export interface SenderSettings {
  /** Whether webhooks may be sent to this machine; production refuses that. */
  allowsLoopback: boolean;
  resolve?: Resolve;
  timeouts?: SendTimeouts;
}

/** A connection that nobody uses is closed after this time, before most servers close it. */
const idleMilliseconds = 4000;
const agentOptions = { keepAlive: true, maxFreeSockets: 4, timeout: idleMilliseconds };

/** Opens a sender. It connects to public addresses alone, follows no redirect, and reads no more of an answer than it keeps. */
export function openSender({
  allowsLoopback,
  resolve = resolveBySystem,
  timeouts = usualTimeouts,
}: SenderSettings): WebhookSender {
  const lookup = guardedLookup(resolve, allowsLoopback);
  const agents = { 'http:': new HttpAgent(agentOptions), 'https:': new HttpsAgent(agentOptions) };

  const sendOnce = (url: URL, { headers, body }: WebhookRequest, isFresh: boolean) =>
    new Promise<WebhookAnswer>((answered, failed) => {
      const isTls = url.protocol === 'https:';
      const agent = isFresh ? false : agents[isTls ? 'https:' : 'http:'];
      const options = { method: 'POST', headers: headersOf(headers, body), lookup, agent };
      const outgoing = isTls ? requestHttps(url, options) : requestHttp(url, options);
      const stop = limitTime(outgoing, timeouts);
      outgoing.on('error', (fault) => {
        stop();
        failed(withReuse(fault, outgoing));
      });
      outgoing.on('response', (response) => {
        stop();
        void answerOf(response, timeouts.bodyMilliseconds).then(answered, failed);
      });
      outgoing.end(body);
    });

  return {
    send: async (request) => {
      const url = new URL(request.url);
      // A connection to an address asks for no lookup.
      const address = addressOf(url.hostname);
      if (isIP(address) !== 0 && !isAllowedAddress(address, allowsLoopback))
        return without('address_refused');
      try {
        return await sendOnce(url, request, false);
      } catch (fault) {
        if (!(fault instanceof ClosedIdleConnection)) return without(outcomeOfFault(fault));
        return sendOnce(url, request, true).catch((second: unknown) => without(outcomeOfFault(second)));
      }
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

const without = (outcome: AttemptOutcome): WebhookAnswer => ({ outcome, status: null, answer: null });

function headersOf(headers: WebhookRequest['headers'], body: string): Record<string, string | number> {
  return {
    'user-agent': 'Tenantry-Webhooks/1',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  };
}

class TimedOut extends Error {}

/** The server had closed the connection that was kept from an earlier request; it has seen nothing of this one. */
class ClosedIdleConnection extends Error {}

function withReuse(fault: Error, { reusedSocket }: ClientRequest): Error {
  const isReset = 'code' in fault && (fault.code === 'ECONNRESET' || fault.code === 'EPIPE');
  return reusedSocket && isReset ? new ClosedIdleConnection() : fault;
}

/** Ends a request whose connection or answer takes too long. Answers a function that stops the watch. */
function limitTime(outgoing: ClientRequest, timeouts: SendTimeouts): () => void {
  const end = () => void outgoing.destroy(new TimedOut());
  const whole = setTimeout(end, timeouts.answerMilliseconds);
  const connecting = setTimeout(end, timeouts.connectMilliseconds);
  outgoing.on('socket', (socket) => {
    const isConnected = () => clearTimeout(connecting);
    if (outgoing.reusedSocket) isConnected();
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', isConnected);
  });
  return () => {
    clearTimeout(whole);
    clearTimeout(connecting);
  };
}

async function answerOf(response: IncomingMessage, bodyMilliseconds: number): Promise<WebhookAnswer> {
  const status = response.statusCode ?? 0;
  const seconds = Number(response.headers['retry-after'] ?? Number.NaN);
  return {
    outcome: outcomeOf(status),
    status,
    answer: await readAnswer(response, bodyMilliseconds),
    ...(Number.isInteger(seconds) && seconds >= 0 ? { retryAfterSeconds: seconds } : {}),
  };
}

const namesNothing = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'ENODATA', 'EAI_FAIL']);
const certificateFault =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)|HOSTNAME_MISMATCH/;

function outcomeOfFault(fault: unknown): AttemptOutcome {
  if (fault instanceof TimedOut) return 'timed_out';
  if (fault instanceof RefusedAddress) return 'address_refused';
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
  if (namesNothing.has(code)) return 'name_not_found';
  return certificateFault.test(code) ? 'tls_failed' : 'unreachable';
}
