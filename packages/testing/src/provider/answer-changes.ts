import type { ServerResponse } from 'node:http';

/** How the answers of the fake provider differ from what it answers by itself. */
export interface AnswerChanges {
  /** The body is refused with this status, these headers, and this as its `error`. */
  readonly refusal?: Refused;
  /** The name of the output limit that the model does not know; a request with it is refused as OpenAI does. */
  readonly unknownLimit?: 'max_tokens' | 'max_completion_tokens';
  /** The text instead of the usual one. */
  readonly text?: string;
  /** The usage that is reported, whatever it is. */
  readonly usage?: unknown;
  readonly finishReason?: string;
  /** An error that a stream tells of after its text. */
  readonly streamError?: object;
  /** How long an answer takes to begin. */
  readonly delayMilliseconds?: number;
}

interface Refused {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly error: object;
}

/** Why a request is refused, if it is. */
export function refusalOf({ refusal, unknownLimit }: AnswerChanges, body: string): Refused | undefined {
  if (unknownLimit === undefined || !body.includes(`"${unknownLimit}":`)) return refusal;
  const other = unknownLimit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  const message = `Unsupported parameter: '${unknownLimit}' is not supported with this model. Use '${other}' instead.`;
  return { status: 400, error: { message, code: 'unsupported_parameter', param: unknownLimit, type: 'x' } };
}

/** Sends a refusal as a provider does. */
export function sendRefusal(response: ServerResponse, { status, headers = {}, error }: Refused): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error }));
}
