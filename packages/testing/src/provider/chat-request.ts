import type { IncomingMessage } from 'node:http';

export type ChatRequest = {
  readonly model: string;
  readonly prompt: string;
  readonly tokensMax: number;
  readonly stream: boolean;
  readonly streamUsage: boolean;
};

const bodyBytesMax = 2_000_000;
const tokensDefault = 1_024;

/** The body as text, or undefined when it is larger than 2 MB. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > bodyBytesMax) return undefined;
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A chat completion request, or what is wrong with it. */
export function parseChatRequest(body: string): ChatRequest | string {
  const fields = recordOf(parseJson(body));
  const { model, messages, stream = false } = fields;
  if (typeof model !== 'string' || model === '') return 'model is required';
  if (!Array.isArray(messages) || messages.length === 0) return 'messages is required';
  if (typeof stream !== 'boolean') return 'stream must be a boolean';
  const tokensMax = fields.max_completion_tokens ?? fields.max_tokens ?? tokensDefault;
  if (typeof tokensMax !== 'number' || !Number.isSafeInteger(tokensMax) || tokensMax < 1) {
    return 'max_tokens must be a positive integer';
  }
  const prompt = messages.map((message) => textOf(recordOf(message).content)).join('\n');
  const streamUsage = recordOf(fields.stream_options).include_usage === true;
  return { model, prompt, tokensMax, stream, streamUsage };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => textOf(recordOf(part).text)).join('');
}

/** A JSON text, or undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
