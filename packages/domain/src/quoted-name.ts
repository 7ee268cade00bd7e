import { normaliseName, withoutInvisible } from './name.ts';

/** The characters that a name is cut to. */
const nameCharactersMax = 80;

/** What a name that was stored before names were checked may break a line with. */
const lineEnds = /[\r\n\t\u0085\u2028\u2029]+/g;

/** Where mail clients begin a link by themselves: between a text and a dot, `@`, `:` or a second backslash. */
const linkMarks = /(?<=[^\s[])[.。．｡@:\\](?=[^\s\]])/gu;

/**
 * A name as an e-mail quotes it: on one line, in quotation marks that it cannot close, cut to 80 characters unless told otherwise, and without a
 * place where a mail client would begin a link by itself: `evil.example` becomes `evil[.]example`.
 */
export function quotedName(name: string, charactersMax = nameCharactersMax): string {
  const inner = cut(withoutInvisible(normaliseName(name.replaceAll(lineEnds, ' '))), charactersMax)
    .replaceAll(/["“”„‟«»]/gu, "'")
    .replaceAll(linkMarks, '[$&]');
  return `“${inner}”`;
}

/** The first characters of a name, as people count them. */
function cut(name: string, charactersMax: number): string {
  const characters = [...new Intl.Segmenter('en').segment(name)].map(({ segment }) => segment);
  return characters.length > charactersMax ? `${characters.slice(0, charactersMax - 1).join('')}…` : name;
}
