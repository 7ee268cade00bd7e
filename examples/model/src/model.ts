/** The most tokens that an answer may have. */
export const outputTokensMax = 500;

/** The text of a model, and the tokens that it reports. */
export interface Completion {
  text: string;
  tokens: number;
}

/** Calls a model at an OpenAI-compatible endpoint. `signal` aborts the call. Throws if the status is not a success. */
export async function askModel(url: string, prompt: string, signal: AbortSignal): Promise<Completion> {
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    signal,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${process.env['MODEL_KEY'] ?? ''}`,
    },
    body: JSON.stringify({
      model: process.env['MODEL'] ?? 'default',
      max_tokens: outputTokensMax,
      messages: [{ role: 'user', content: prompt }],
    }),
  });
  if (!response.ok) throw new Error(`The model answered with status ${response.status}.`);
  const { choices, usage } = chatOf(await response.json());
  return { text: choices[0]?.message.content ?? '', tokens: usage.total_tokens };
}

/** An upper bound for the tokens of a prompt, for any language that is written in words. */
export function tokensAtMost(prompt: string): number {
  return Math.ceil(prompt.length / 2);
}

interface Chat {
  choices: { message: { content: string } }[];
  usage: { total_tokens: number };
}
// The documentation of the endpoint defines this body.
function chatOf(body: unknown): Chat {
  return body as Chat;
}
