import { quotedName } from '@tenantry/domain/quoted-name';
import type { EmailMessage } from '../ports.ts';

/** A sentence of an e-mail with names in it that somebody else chose. */
export interface Sentence {
  /** The texts around the names; one more than there are names. */
  texts: readonly string[];
  /** The names as they are quoted. */
  names: readonly string[];
}

/** Makes a sentence. Each value in it is a name: it is quoted as text, and is never a link. */
export function sentence(texts: TemplateStringsArray, ...names: readonly string[]): Sentence {
  return { texts, names: names.map(quotedName) };
}

/** What an e-mail says. A paragraph or a subject that holds a name is a `sentence`. */
export interface EmailContent {
  to: string;
  subject: string | Sentence;
  /** What stands before the link. */
  before: readonly (string | Sentence)[];
  /** Missing in an e-mail that only tells something. */
  link?: { label: string; url: string };
  /** What stands after the link. */
  after?: readonly (string | Sentence)[];
}

/** The e-mail in its two parts, plain text and HTML, which say the same. */
export function composeEmail({ to, subject, before, link, after = [] }: EmailContent): EmailMessage {
  const button = link && `<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`;
  const body = [...before.map(paragraph), ...(button === undefined ? [] : [button]), ...after.map(paragraph)];
  return {
    to,
    subject: plain(subject),
    text: [...before.map(plain), ...(link === undefined ? [] : [link.url]), ...after.map(plain)].join('\n\n'),
    html: `${head}<title>${escapeHtml(plain(subject))}</title></head><body>${body.join('')}</body></html>`,
  };
}

/** It asks mail clients not to make links of numbers, dates and addresses. */
const head =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">';

function plain(part: string | Sentence): string {
  return typeof part === 'string'
    ? part
    : withNames(
        part,
        (text) => text,
        (name) => name,
      );
}

/** A name stands apart from the direction of the text around it. */
function paragraph(part: string | Sentence): string {
  const html =
    typeof part === 'string'
      ? escapeHtml(part)
      : withNames(part, escapeHtml, (name) => `<bdi>${escapeHtml(name)}</bdi>`);
  return `<p>${html}</p>`;
}

function withNames(
  { texts, names }: Sentence,
  textOf: (text: string) => string,
  nameOf: (name: string) => string,
): string {
  return texts
    .flatMap((text, index) => {
      const name = names[index];
      return name === undefined ? [textOf(text)] : [textOf(text), nameOf(name)];
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

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
