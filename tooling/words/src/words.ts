import { allowedFiles, allowedPhrases, retiredWords } from './retired.ts';
import { tokensOf } from './tokens.ts';

/** A place where a retired word stands. */
export interface Found {
  readonly path: string;
  readonly line: number;
  readonly word: string;
  readonly use: string;
}

/** The words of a name or a text, in lower case: `sendMail`, `send_mail` and `send-mail` are two words. */
export function wordsOf(text: string): string[] {
  const words = text.match(/\p{Lu}{2,}(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lu}/gu) ?? [];
  return words.map((word) => word.toLowerCase());
}

const forms = retiredWords.flatMap((retired) =>
  retired.forms.map((form) => ({ form, parts: form.split(' '), ...retired })),
);

/** The retired words of one token's words. */
function retiredIn(words: readonly string[], kind: 'name' | 'text'): { form: string; use: string }[] {
  return forms.filter(
    ({ parts, where }) =>
      (kind === 'name' || where === 'everywhere') &&
      words.some((_, at) => parts.every((part, index) => words[at + index] === part)),
  );
}

/** Finds the retired words of a file, each once a line. */
export function retiredWordsOf(path: string, source: string): Found[] {
  const found = new Map<string, Found>();
  const mayUse = new Set(allowedFiles[path]?.words);
  for (const { kind, text, line } of tokensOf(path, source)) {
    const without = allowedPhrases.reduce((rest, { phrase }) => rest.replaceAll(phrase, ' '), text);
    for (const { form: word, use } of retiredIn(wordsOf(without), kind))
      if (!mayUse.has(word)) found.set(`${line} ${word}`, { path, line, word, use });
  }
  return [...found.values()].toSorted((left, right) => left.line - right.line);
}
