import PDFDocument from 'pdfkit';
import { type FontRun, type Weight, allFonts, fontRuns, replacement } from './fonts.ts';
import { visualPieces } from './visual.ts';

/** A4 in points, with the margins in which everything stands. */
export const sheet = { left: 56, right: 539, top: 56, bottom: 770, footer: 796 } as const;
export const contentWidth = sheet.right - sheet.left;

/** How far below its top a line has its baseline, in parts of the size: one for all fonts, so that they stand on one line. */
const ascent = 0.928;

/** How a text is written: in a box of a width, aligned in it. */
export interface TextStyle {
  x: number;
  width: number;
  align?: 'left' | 'right';
  font?: Weight;
  size?: number;
  colour?: string;
}

/** A document with its fonts, and how texts are written on it. */
export class Paper {
  readonly pdf: PDFKit.PDFDocument;
  /** Where the next thing stands, from the top. */
  y: number = sheet.top;
  /** Whether a character was replaced that no font has. */
  hasReplaced = false;

  constructor(info: { title: string; author: string; createdAt: Date }) {
    this.pdf = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: 'en',
      info: { Title: info.title, Author: info.author, CreationDate: info.createdAt },
    });
    for (const { name, file } of allFonts) this.pdf.registerFont(name, file);
  }

  /** The height that a text takes. */
  heightOf(text: string, style: TextStyle): number {
    return this.#linesOf(text, style).length * lineHeight(style);
  }

  /** Writes a text at `y` without moving it; answers its height. Long texts wrap, and long words break. */
  writeAt(text: string, y: number, style: TextStyle): number {
    const { x, width, align = 'left', font = 'regular', size = 9, colour = '#111827' } = style;
    const lines = this.#linesOf(text, style);
    for (const [index, line] of lines.entries()) {
      const runs = visualPieces(line)
        .flatMap((piece) => fontRuns(piece, font))
        .map((run) => ({ ...run, width: this.#widthOfRun(run, size) }));
      this.hasReplaced ||= runs.some((run) => run.text.includes(replacement));
      const taken = runs.reduce((sum, run) => sum + run.width, 0);
      let start = align === 'left' ? x : x + width - taken;
      const baseline = y + index * lineHeight(style) + ascent * size;
      this.pdf.fillColor(colour).fontSize(size);
      for (const run of runs) {
        this.pdf.font(run.font).text(run.text, start, baseline, { lineBreak: false, baseline: 'alphabetic' });
        start += run.width;
      }
    }
    return lines.length * lineHeight(style);
  }

  /** Writes a text and goes on below it. */
  write(text: string, style: TextStyle): void {
    this.y += this.writeAt(text, this.y, style);
  }

  /** Draws a line across the sheet. */
  rule(y: number, colour = '#d1d5db'): void {
    this.pdf.moveTo(sheet.left, y).lineTo(sheet.right, y).lineWidth(0.5).strokeColor(colour).stroke();
  }

  /** The bytes of the document. */
  async bytes(): Promise<Uint8Array> {
    const chunks: Buffer[] = [];
    this.pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.pdf.on('end', resolve);
    this.pdf.on('error', reject);
    this.pdf.end();
    await promise;
    return Buffer.concat(chunks);
  }

  #widthOfRun({ font, text }: FontRun, size: number): number {
    return this.pdf.font(font).fontSize(size).widthOfString(text);
  }

  #widthOf(text: string, { font = 'regular', size = 9 }: TextStyle): number {
    return fontRuns(text, font).reduce((sum, run) => sum + this.#widthOfRun(run, size), 0);
  }

  #linesOf(text: string, style: TextStyle): string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(/\s+/).flatMap((part) => this.#broken(part, style))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && this.#widthOf(longer, style) > style.width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  }

  /** A word in pieces that each fit the width. */
  #broken(word: string, style: TextStyle): string[] {
    if (this.#widthOf(word, style) <= style.width) return [word];
    const pieces: string[] = [];
    let [piece, taken] = ['', 0];
    for (const character of word) {
      const more = this.#widthOf(character, style);
      if (piece !== '' && taken + more > style.width) {
        pieces.push(piece);
        [piece, taken] = ['', 0];
      }
      piece += character;
      taken += more;
    }
    return [...pieces, piece];
  }
}

const lineHeight = ({ size = 9 }: TextStyle) => size * 1.4;
