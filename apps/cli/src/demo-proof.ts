import { crc32, deflateSync } from 'node:zlib';
import type { ShownTransfer } from '@tenantry/services/demo/world';

/** The lines of a receipt, in letters that the font of the picture has. */
function linesOf({ bank, payer, payee, amount, reference, on }: ShownTransfer): string[] {
  return [
    bank,
    'Transfer confirmation',
    '',
    `Date       ${on}`,
    `From       ${latin(payer)}`,
    `To         ${payee}`,
    `Amount     ${amount}`,
    `Reference  ${reference}`,
    '',
    'This transfer was made in the demo. No money moved.',
  ];
}

const latin = (text: string) =>
  text
    .normalize('NFKD')
    .replaceAll('’', "'")
    .replaceAll(/[^ -~]/g, '')
    .trim()
    .slice(0, 60) || 'A payer';

/** Draws the receipt of a transfer as a PDF or as a PNG. */
export function drawProof(form: 'png' | 'pdf', shown: ShownTransfer): Uint8Array<ArrayBuffer> {
  return form === 'pdf' ? pdfOf(linesOf(shown)) : pngOf(linesOf(shown));
}

function pdfOf(lines: readonly string[]): Buffer<ArrayBuffer> {
  const escaped = lines.map((line) => line.replaceAll(/[\\()]/g, String.raw`\$&`));
  const text = escaped
    .map((line, index) => `/F1 ${index === 0 ? 18 : 11} Tf (${line}) Tj 0 -22 Td`)
    .join('\n');
  const content = `BT 60 340 Td\n${text}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 420] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(
    `${file}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
  );
}

/** The characters of the picture from the space on, each of five columns of eight bits, the lowest on top. */
const font =
  '0000000000|00005f0000|0007000700|147f147f14|242a7f2a12|2313086462|3649562050|0008070300|001c224100|0041221c00|2a1c7f1c2a|08083e0808|0080703000|0808080808|0000606000|2010080402|3e5149453e|00427f4000|7249494946|2141494d33|1814127f10|2745454539|3c4a494931|4121110907|3649494936|464949291e|0000140000|0040340000|0008142241|1414141414|0041221408|0201590906|3e415d594e|7c1211127c|7f49494936|3e41414122|7f4141413e|7f49494941|7f09090901|3e41415173|7f0808087f|00417f4100|2040413f01|7f08142241|7f40404040|7f021c027f|7f0408107f|3e4141413e|7f09090906|3e4151215e|7f09192946|2649494932|03017f0103|3f4040403f|1f2040201f|3f4038403f|6314081463|0304780403|6159494d43'
    .split('|')
    .map((columns) => Buffer.from(columns, 'hex'));

const [width, lineHeight, scale, margin] = [900, 34, 2, 40] as const;

function pngOf(lines: readonly string[]): Buffer<ArrayBuffer> {
  const height = 2 * margin + lines.length * lineHeight;
  const pixels = Buffer.alloc(height * (width + 1), 255);
  for (let row = 0; row < height; row += 1) pixels[row * (width + 1)] = 0;
  const dot = (x: number, y: number) => {
    if (x < width && y < height) pixels[y * (width + 1) + 1 + x] = 40;
  };
  for (const [index, line] of lines.entries())
    for (const [place, character] of Array.from(line.toUpperCase()).entries()) {
      const columns = font[character.charCodeAt(0) - 32] ?? font[31];
      const left = margin + place * 6 * scale;
      for (const [column, bits] of columns?.entries() ?? [])
        for (let bit = 0; bit < 8; bit += 1)
          if ((bits >> bit) % 2 === 1)
            for (let part = 0; part < scale * scale; part += 1)
              dot(
                left + column * scale + (part % scale),
                margin + index * lineHeight + bit * scale + Math.floor(part / scale),
              );
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits of grey.
  head.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(pixels)), chunk('IEND')]);
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
