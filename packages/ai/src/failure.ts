import { APICallError, InvalidArgumentError, InvalidPromptError } from 'ai';
import { ProviderError, type ProviderErrorKind, type RefusalReason } from './port.ts';
import { retryAfterSecondsOf } from './retry-after.ts';

/** The error of a call that was ended: by its caller, or else by our deadline. */
export function lateError(signal: AbortSignal): ProviderError {
  return new ProviderError(signal.aborted ? 'aborted' : 'timeout');
}

/** What the library threw, without its texts. `hasBegun` says that a part of a stream had come. */
export function errorOf(error: unknown, { hasBegun = false } = {}): ProviderError {
  if (error instanceof ProviderError) return error;
  if (InvalidPromptError.isInstance(error) || InvalidArgumentError.isInstance(error)) {
    return new ProviderError('refused', { reason: 'invalid_request' });
  }
  if (APICallError.isInstance(error) && !hasBegun) {
    const { statusCode: status, responseHeaders = {} } = error;
    const facts = { status, retryAfterSeconds: retryAfterSecondsOf(responseHeaders) };
    return classified(status, textOf(error), facts) ?? new ProviderError('unavailable', facts);
  }
  // A provider may also tell of a failure in a piece of a stream that it answered with 200.
  const part: unknown = error instanceof Error ? Reflect.get(error, 'data') : error;
  const named = part === undefined ? undefined : classified(statusOf(part), textOfPart(part), {});
  return named?.kind === 'refused' || (named !== undefined && !hasBegun)
    ? named
    : new ProviderError(hasBegun ? 'broken_stream' : 'unavailable');
}

/** Whether a call was refused for the name of the field that limits its output, so that the other name may be taken. */
export function isLimitRefused(error: unknown): boolean {
  if (!APICallError.isInstance(error) || (error.statusCode !== 400 && error.statusCode !== 422)) return false;
  const text = textOf(error);
  return has(text, 'limitField') && has(text, 'unknownField');
}

/** The error of an answer with a status, or with a text that names the failure; undefined when neither says more. */
function classified(
  status: number | undefined,
  text: string,
  facts: { status?: number | undefined; retryAfterSeconds?: number | undefined },
): ProviderError | undefined {
  const kind = kindOf(status, text);
  if (kind === undefined) return undefined;
  return new ProviderError(kind, kind === 'refused' ? { ...facts, reason: reasonOf(status, text) } : facts);
}

/** Words by which providers name a failure, in lower case and with blanks for other marks. */
const words = {
  ourFault: ['invalid api key', 'incorrect api key', 'api key not valid', 'insufficient quota', 'billing'],
  filtered: [
    'content filter',
    'content policy',
    'content management',
    'responsibleai',
    'moderation',
    'safety',
    'flagged',
  ],
  tooLong: [
    'context length',
    'context window',
    'context size',
    'maximum context',
    'maximum prompt',
    'maximum input',
    'too many tokens',
    'too long',
    'above max length',
  ],
  noModel: ['model not found', 'unknown model', 'invalid model', 'no such model'],
  missing: ['not found', 'does not exist'],
  rate: ['rate limit'],
  limitField: ['max tokens', 'max completion tokens'],
  unknownField: ['unsupported', 'not supported', 'unrecognized', 'unknown', 'extra'],
} as const;

function has(text: string, name: keyof typeof words): boolean {
  return words[name].some((word) => text.includes(word));
}

/** Of the 4xx only a timeout and a full queue may pass by themselves. */
function kindOf(status: number | undefined, text: string): ProviderErrorKind | undefined {
  if (status === undefined) {
    if (has(text, 'filtered') || has(text, 'tooLong')) return 'refused';
    return has(text, 'rate') ? 'rate_limited' : undefined;
  }
  if (status === 408 || status === 409 || status === 425 || status < 400 || status >= 500)
    return 'unavailable';
  if (has(text, 'ourFault')) return 'account';
  if (status === 429) return 'rate_limited';
  if (has(text, 'filtered')) return 'refused';
  if (status === 401 || status === 402 || status === 403) return 'account';
  // A path that the provider does not have is a setting of ours.
  if (status === 404 || status === 405) return text.includes('model') ? 'refused' : 'account';
  return 'refused';
}

function reasonOf(status: number | undefined, text: string): RefusalReason {
  if (has(text, 'filtered')) return 'content_filter';
  if (has(text, 'tooLong') || status === 413) return 'context_length';
  const lacksModel = has(text, 'noModel') || (text.includes('model') && has(text, 'missing'));
  return lacksModel || status === 404 ? 'model_not_found' : 'invalid_request';
}

const textCharactersMax = 4000;

/** What an answer says of its failure. It is compared with known words, and never shown or logged. */
function textOf({ responseBody = '' }: APICallError): string {
  return comparable(responseBody);
}

function textOfPart(part: unknown): string {
  return comparable(typeof part === 'string' ? part : (JSON.stringify(part) ?? ''));
}

function comparable(text: string): string {
  return text.slice(0, textCharactersMax).toLowerCase().replaceAll(/[_-]/g, ' ');
}

/** The HTTP status that a piece of a stream names as its code. */
function statusOf(part: unknown): number | undefined {
  const code: unknown = typeof part === 'object' && part !== null ? Reflect.get(part, 'code') : undefined;
  return Number.isInteger(code) && Number(code) >= 400 && Number(code) < 600 ? Number(code) : undefined;
}
