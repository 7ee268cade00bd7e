import bidiFactory from 'bidi-js';

const bidi = bidiFactory();

/** A piece of a line that is written in one direction: odd levels are right to left. */
interface Piece {
  text: string;
  level: number;
}

/**
 * The pieces of a line in the order in which they stand on paper, from left to right, by the Unicode Bidirectional
 * Algorithm. Each piece keeps its letters in the order in which they are read: the font turns and joins them. Blanks are
 * pieces of their own, because a font would turn them around with their word.
 */
export function visualPieces(line: string): string[] {
  const { levels, paragraphs } = bidi.getEmbeddingLevels(line);
  if (levels.every((level) => level === 0)) return [line];
  const base = paragraphs[0]?.level ?? 0;
  const mirrored = bidi.getMirroredCharactersMap(line, levels);
  const pieces: Piece[] = [];
  let wasBlank: boolean | undefined;
  for (const [index, unit] of line.split('').entries()) {
    const [level, isBlank] = [levels[index] ?? base, unit === ' '];
    const last = pieces.at(-1);
    const text = mirrored.get(index) ?? unit;
    if (last !== undefined && last.level === level && wasBlank === isBlank) last.text += text;
    else pieces.push({ text, level });
    wasBlank = isBlank;
  }
  return ordered(pieces).map(({ text }) => text);
}

/** Rule L2: from the highest level down to 1, each run of that level or above is turned around. */
function ordered(pieces: readonly Piece[]): Piece[] {
  let line = [...pieces];
  for (let level = Math.max(...pieces.map((piece) => piece.level)); level >= 1; level -= 1) {
    const next: Piece[] = [];
    let run: Piece[] = [];
    for (const piece of line)
      if (piece.level >= level) run.unshift(piece);
      else {
        next.push(...run, piece);
        run = [];
      }
    line = [...next, ...run];
  }
  return line;
}
