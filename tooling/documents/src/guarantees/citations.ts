/** Figures (Q) that titles of tests cite by an older number of theirs, and the code beside it that tells them apart. */
const figures: readonly { readonly cited: string; readonly beside: string }[] = [
  { cited: 'F1', beside: 'B10' },
  { cited: 'F4', beside: 'I1' },
  { cited: 'F10', beside: 'D9' },
  { cited: 'F11', beside: 'D5' },
  { cited: 'F12', beside: 'F1' },
];

/** The number of the last guarantee F; a higher one is a figure. */
const credentialsMax = 13;

/** The id that a code of a title stands for. */
function idOf(code: string, codes: readonly string[], title: string): string {
  if (code === 'F6.5') return 'I9';
  const number = Number(code.slice(1));
  const isFigure =
    code.startsWith('F') &&
    (number > credentialsMax ||
      (code === 'F9' && title.includes('Redis')) ||
      figures.some(({ cited, beside }) => cited === code && codes.includes(beside)));
  return isFigure ? `Q${number}` : code;
}

const code = '[A-Z]\\d+(?:\\.\\d+)?';
const codeList = new RegExp(`\\((${code}(?:–${code})?(?:, ${code}(?:–${code})?)*)\\)`, 'g');

/** `I1–I4` as four codes; any other code as it is. */
function expand(range: string): string[] {
  const [first = '', last] = range.split('–');
  if (last === undefined) return [first];
  const [from, to] = [Number(first.slice(1)), Number(last.slice(1))];
  return Array.from({ length: to - from + 1 }, (_, index) => `${first.charAt(0)}${from + index}`);
}

/** The ids of the guarantees that the title of a test cites: `(I1, I9)`, `(I1–I4)`. */
export function citedBy(title: string): string[] {
  return [...title.matchAll(codeList)].flatMap(([, list = '']) => {
    const codes = list.split(', ').flatMap(expand);
    return codes.map((one) => idOf(one, codes, title));
  });
}

/** A title without the codes that it cites. */
export const withoutCodes = (title: string): string =>
  title.replaceAll(codeList, '').replaceAll(/\s+/g, ' ').replaceAll(' :', ':').trim();
