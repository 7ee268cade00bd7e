const charactersMax = 80;

/** Where mail clients begin a link by themselves: between a text and a dot, `@`, `:` or a second backslash. */
const linkMarks = /(?<=[^\s[])[.。．｡@:\\](?=[^\s\]])/gu;

/**
 * A name as an e-mail quotes it: in quotation marks that it cannot close, cut to 80 characters, and without a place where
 * a mail client would begin a link by itself: `evil.example` becomes `evil[.]example`.
 */
export function quotedName(name: string): string {
  const inner = cut(name)
    .replaceAll(/["“”„‟«»]/gu, "'")
    .replaceAll(linkMarks, '[$&]');
  return `“${inner}”`;
}

/** The first characters of a name, as people count them. */
function cut(name: string): string {
  const characters = [...new Intl.Segmenter('en').segment(name)].map(({ segment }) => segment);
  return characters.length > charactersMax ? `${characters.slice(0, charactersMax - 1).join('')}…` : name;
}
