import { createHash } from 'node:crypto';

/** Five characters to a token: near enough to real ones, and never more than the estimate of four. */
const charactersPerToken = 5;

const words =
  'clear pages answer one question each group related terms lead with what readers need show proof link to the next step keep titles short'.split(
    ' ',
  );

/** The stand-in's tokens of a text. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let start = 0; start < text.length; start += charactersPerToken) {
    tokens.push(text.slice(start, start + charactersPerToken));
  }
  return tokens;
}

/** The same prompt has the same answer: a line on its subject and four sentences drawn from its digest. */
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
