import { quotedName } from '@tenantry/domain/quoted-name';

/** A value in a sentence: a name that somebody else chose, which is quoted, or a text of ours, which is not. */
export interface Part {
  text: string;
  isName: boolean;
}

/** A sentence of an e-mail with names in it that somebody else chose. */
export interface Sentence {
  /** The texts around the parts; one more than there are parts. */
  texts: readonly string[];
  /** The names as they are quoted, and the texts of ours. */
  parts: readonly Part[];
}

/** Makes a sentence. Each text in it is a name: it is quoted as text, and is never a link. */
export function sentence(texts: TemplateStringsArray, ...values: readonly (string | Part)[]): Sentence {
  return { texts, parts: values.map((value) => (typeof value === 'string' ? quoted(value) : value)) };
}

/** A text of somebody else, quoted like a name and cut to so many characters. */
export function quoted(text: string, charactersMax?: number): Part {
  return { text: quotedName(text, charactersMax), isName: true };
}

/** A number, a date or another text of ours, which is not quoted. */
export function verbatim(text: string): Part {
  return { text, isName: false };
}

/** The sentence as plain text. */
export function plain(given: string | Sentence): string {
  return joined(
    given,
    (text) => text,
    ({ text }) => text,
  );
}

/** The sentence as HTML. A name stands apart from the direction of the text around it. */
export function html(given: string | Sentence): string {
  return joined(given, escapeHtml, ({ text, isName }) =>
    isName ? `<bdi>${escapeHtml(text)}</bdi>` : escapeHtml(text),
  );
}

function joined(
  given: string | Sentence,
  textOf: (text: string) => string,
  partOf: (part: Part) => string,
): string {
  if (typeof given === 'string') return textOf(given);
  const { texts, parts } = given;
  return texts
    .flatMap((text, index) => {
      const part = parts[index];
      return part === undefined ? [textOf(text)] : [textOf(text), partOf(part)];
    })
    .join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
