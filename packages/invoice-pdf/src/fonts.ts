import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Font as OpenFont, openSync } from 'fontkit';

/** How heavy a text is written. */
export type Weight = 'regular' | 'bold';

/** A font of a document, by the name that the document has it under. */
export interface Font {
  readonly name: string;
  readonly file: string;
}

const require = createRequire(import.meta.url);
const han = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts');
const hangul = join(dirname(require.resolve('@embedpdf/fonts-kr')), '../fonts');

/** The fonts of each weight, in the order in which they are asked for a character: most scripts, Chinese and Japanese, Korean. */
const fonts: Readonly<Record<Weight, readonly Font[]>> = {
  regular: [
    { name: 'regular', file: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf') },
    { name: 'regular-han', file: join(han, 'NotoSansHans-Regular.otf') },
    { name: 'regular-hangul', file: join(hangul, 'NotoSansKR-Regular.otf') },
  ],
  bold: [
    { name: 'bold', file: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf') },
    { name: 'bold-han', file: join(han, 'NotoSansHans-Bold.otf') },
    { name: 'bold-hangul', file: join(hangul, 'NotoSansKR-Bold.otf') },
  ],
};

/** Every font that a text may be written in. */
export const allFonts: readonly Font[] = [...fonts.regular, ...fonts.bold];

/** What is written for a character that no font has. The first font of each weight has it. */
export const replacement = '\uFFFD';

const opened = new Map<string, OpenFont>();

/** A font is opened when a text needs it: those of Chinese and Korean are large. */
function hasGlyph({ file }: Font, character: string): boolean {
  const font = opened.get(file) ?? openSync(file);
  opened.set(file, font);
  return font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
}

/** A part of a text in one font. */
export interface FontRun {
  font: string;
  text: string;
}

/** The font of each character that was asked for, and null where no font has it. */
const known: Readonly<Record<Weight, Map<string, Font | null>>> = { regular: new Map(), bold: new Map() };

/** Keeps the memory bounded, whatever is printed. */
const knownMax = 20_000;

function fontOf(character: string, weight: Weight): Font | null {
  const cached = known[weight].get(character);
  if (cached !== undefined) return cached;
  const found = fonts[weight].find((font) => hasGlyph(font, character)) ?? null;
  if (known[weight].size >= knownMax) known[weight].clear();
  known[weight].set(character, found);
  return found;
}

const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Cc}]$/u;
/** Marks and blanks are written in the font of the text before them, which joins them to it. */
const joining = /^[\p{M}\p{Zs}]$/u;

/**
 * A text in runs of one font each, in their order. A character that no font has is replaced; one that shows nothing is
 * left out where no font has it.
 */
export function fontRuns(text: string, weight: Weight): FontRun[] {
  const runs: FontRun[] = [];
  const add = (font: string, more: string) => {
    const last = runs.at(-1);
    if (last?.font === font) last.text += more;
    else runs.push({ font, text: more });
  };
  let before: Font | null = null;
  for (const character of text) {
    const isJoined: boolean = before !== null && joining.test(character) && hasGlyph(before, character);
    const font: Font | null = isJoined ? before : fontOf(character, weight);
    if (font !== null) add(font.name, character);
    // The first font of a weight has its name.
    else if (!invisible.test(character)) add(weight, replacement);
    before = font ?? before;
  }
  return runs;
}
