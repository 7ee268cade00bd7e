/** Forms of companies and other words that tell no payer from another. */
const commonWords = new Set(
  'gmbh ag kg ohg ug co mbh ev inc llc ltd limited plc corp company bv nv vof sa sarl sas srl spa oy ab as aps sp zoo oo mr mrs ms dr und and the de der van von'.split(
    ' ',
  ),
);

/** The words of a name, without accents, forms of companies, and the spelling of umlauts. */
function wordsOfName(name: string): Set<string> {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/([aou])e/g, '$1');
  return new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !commonWords.has(word)));
}

/** Whether two names may be of one payer: they share at least half of their words, and one of three letters or more. */
export function isPayerAlike(name: string, other: string): boolean {
  const [words, others] = [wordsOfName(name), wordsOfName(other)];
  const shared = [...words].filter((word) => others.has(word));
  return shared.some((word) => word.length >= 3) && shared.length * 2 >= Math.max(words.size, others.size);
}
