import { createHash } from 'node:crypto';

/** Characters of a token: close to real tokens, and never more tokens than the estimate of four characters each. */
const charactersPerToken = 5;

const words =
  'clear pages answer one question each group related terms lead with what readers need show proof link to the next step keep titles short'.split(
    ' ',
  );

/** The tokens of a text, as the fake provider counts them. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let start = 0; start < text.length; start += charactersPerToken) {
    tokens.push(text.slice(start, start + charactersPerToken));
  }
  return tokens;
}

/** The answer to a prompt, always the same: a line on its subject and four sentences that its digest chooses. */
export function answerTo(prompt: string): string {
  const digest = createHash('sha256').update(prompt).digest();
  const sentences = [0, 1, 2, 3].map((part) => sentenceOf(digest.subarray(part * 8, part * 8 + 8)));
  const subject = prompt.replaceAll(/\s+/g, ' ').trim().slice(0, 60);
  return `On "${subject}": ${sentences.join(' ')}`;
}

function sentenceOf(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => words[byte % words.length]).join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
