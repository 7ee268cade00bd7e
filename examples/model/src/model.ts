/** The most tokens that an answer may have. */
export const outputTokensMax = 500;

/** What a model wrote, and the tokens it says it used. */
export interface Completion {
  text: string;
  tokens: number;
}

/** Asks a model behind an OpenAI-compatible endpoint; `signal` ends the call. */
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
  if (!response.ok) throw new Error(`the model answered ${response.status}`);
  const { choices, usage } = chatOf(await response.json());
  return { text: choices[0]?.message.content ?? '', tokens: usage.total_tokens };
}

/** More tokens than a prompt of this length has, in any language that is written in words. */
export function tokensAtMost(prompt: string): number {
  return Math.ceil(prompt.length / 2);
}

interface Chat {
  choices: { message: { content: string } }[];
  usage: { total_tokens: number };
}
// The endpoint's own contract says what its body is.
function chatOf(body: unknown): Chat {
  return body as Chat;
}
