import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { visualPieces } from './visual.ts';

/** A4 in points, with the margins in which everything stands. */
export const sheet = { left: 56, right: 539, top: 56, bottom: 770, footer: 796 } as const;
export const contentWidth = sheet.right - sheet.left;

const require = createRequire(import.meta.url);
const fonts = {
  regular: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};
export type Font = keyof typeof fonts;

/** How a text is written: in a box of a width, aligned in it. */
export interface TextStyle {
  x: number;
  width: number;
  align?: 'left' | 'right';
  font?: Font;
  size?: number;
  colour?: string;
}

/** A document with its fonts, and how texts are written on it. */
export class Paper {
  readonly pdf: PDFKit.PDFDocument;
  /** Where the next thing stands, from the top. */
  y: number = sheet.top;

  constructor(info: { title: string; author: string; createdAt: Date }) {
    this.pdf = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: 'en',
      info: { Title: info.title, Author: info.author, CreationDate: info.createdAt },
    });
    for (const [name, file] of Object.entries(fonts)) this.pdf.registerFont(name, file);
  }

  /** The height that a text takes. */
  heightOf(text: string, style: TextStyle): number {
    return this.#linesOf(text, style).length * lineHeight(style);
  }

  /** Writes a text at `y` without moving it; answers its height. Long texts wrap, and long words break. */
  writeAt(text: string, y: number, style: TextStyle): number {
    const { x, width, align = 'left', colour = '#111827' } = style;
    const lines = this.#linesOf(text, style);
    for (const [index, line] of lines.entries()) {
      const pieces = visualPieces(line).map((text) => ({ text, width: this.pdf.widthOfString(text) }));
      const taken = pieces.reduce((sum, piece) => sum + piece.width, 0);
      let start = align === 'left' ? x : x + width - taken;
      this.pdf.fillColor(colour);
      for (const piece of pieces) {
        this.pdf.text(piece.text, start, y + index * lineHeight(style), { lineBreak: false });
        start += piece.width;
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

  #linesOf(text: string, { width, font = 'regular', size = 9 }: TextStyle): string[] {
    this.pdf.font(font).fontSize(size);
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(/\s+/).flatMap((part) => this.#broken(part, width))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && this.pdf.widthOfString(longer) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  }

  /** A word in pieces that each fit the width. */
  #broken(word: string, width: number): string[] {
    if (this.pdf.widthOfString(word) <= width) return [word];
    const pieces: string[] = [];
    let [piece, taken] = ['', 0];
    for (const character of word) {
      const more = this.pdf.widthOfString(character);
      if (piece !== '' && taken + more > width) {
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
