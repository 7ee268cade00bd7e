import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jpeg, jpegFrame, objectStream, pdf, png, pngChunk } from './proof.fixture.ts';
import { type ProofStore, openProofStore, proofBytesMax } from './proof-store.ts';

let parent: string;
let folder: string;
let store: ProofStore;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'proofs-'));
  folder = join(parent, 'kept');
  store = await openProofStore({ folder });
});
afterAll(() => rm(parent, { recursive: true }));

const action = '<< /S /JavaScript /JS (app.alert(1)) >>';

describe('a proof', () => {
  test.each([
    ['png', 'image/png', png()],
    ['png', 'image/png', png(8_000, 5_000)],
    ['jpg', 'image/jpeg', jpeg()],
    ['pdf', 'application/pdf', pdf()],
    ['pdf', 'application/pdf', pdf(objectStream('5 0 << /Type /Font >>'))],
    [
      'pdf',
      'application/pdf',
      pdf(
        Buffer.concat([
          objectStream('5 0 << /Type /Font >>'),
          Buffer.from('\nendobj\n6 0 obj\n'),
          objectStream('1234', '/FlateDecode /DecodeParms << /Predictor 12 >>', '/XRef'),
        ]),
      ),
    ],
    ['pdf', 'application/pdf', pdf(objectStream(randomBytes(50_000), '/DCTDecode', '/XObject'))],
  ])('%s is kept as %s and read back byte for byte', async (extension, mediaType, bytes) => {
    const saved = await store.save(bytes);
    if ('fault' in saved) throw new Error(saved.fault);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(saved).toEqual({ name: saved.name, mediaType, sizeBytes: bytes.length, sha256 });
    expect(saved.name).toMatch(new RegExp(`^[0-9a-f]{32}\\.${extension}$`));
    expect(await store.read(saved.name)).toEqual({ bytes, mediaType });
    expect((await stat(join(folder, saved.name))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('of 10 MB is kept; a byte more is too large', async () => {
    const filled = (size: number) => {
      const frame = pdf(objectStream('', '/DCTDecode', '/XObject'));
      return Buffer.concat([frame, Buffer.alloc(size - frame.length, 0x20)]);
    };
    expect(await store.save(filled(proofBytesMax))).toMatchObject({ sizeBytes: proofBytesMax });
    expect(await store.save(filled(proofBytesMax + 1))).toEqual({ fault: 'too_large' });
  });

  test('is gone once removed', async () => {
    const saved = await store.save(png());
    if ('fault' in saved) throw new Error(saved.fault);
    expect(await store.remove(saved.name)).toBe(true);
    expect(await store.remove(saved.name)).toBe(false);
    expect(await store.read(saved.name)).toBeUndefined();
  });

  test('that a process left half written is removed at the next start, unless it may still be written', async () => {
    const [old, young] = [`.${'a'.repeat(32)}.pdf.part`, `.${'b'.repeat(32)}.png.part`];
    for (const name of [old, young, 'notes.part']) await writeFile(join(folder, name), 'half');
    const hours = new Date(Date.now() - 2 * 3_600_000);
    for (const name of [old, 'notes.part']) await utimes(join(folder, name), hours, hours);
    await openProofStore({ folder });
    const left = await readdir(folder);
    expect([left.includes(old), left.includes(young), left.includes('notes.part')]).toEqual([
      false,
      true,
      true,
    ]);
    for (const name of [young, 'notes.part']) await rm(join(folder, name));
  });

  test('saved twice has two names', async () => {
    const [first, second] = await Promise.all([store.save(png()), store.save(png())]);
    expect(first).not.toEqual(second);
  });
});

// qpdf made the files of `honest` from words.pdf, with --linearize, --object-streams=generate and --encrypt.
describe('an honest PDF', () => {
  test.each([
    ['with the words of a script in its text, a title and a link', 'words.pdf'],
    ['with a later change at its end', 'updated.pdf'],
    ['that is laid out for the web', 'linearised.pdf'],
    ['with packed objects', 'packed.pdf'],
    ['that is encrypted without a password to open it (AES)', 'encrypted.pdf'],
    ['that is encrypted, with packed objects', 'encrypted-packed.pdf'],
    ['that is encrypted in the old way (RC4), with packed objects', 'encrypted-rc4.pdf'],
  ])('%s is kept', async (_what, name) => {
    const bytes = await readFile(join(import.meta.dirname, 'honest', name));
    for (const given of [bytes, Buffer.concat([Buffer.from('\uFEFF\r\n'), bytes, Buffer.from('\r\n\0\0')])])
      expect(await store.save(given)).toMatchObject({
        mediaType: 'application/pdf',
        sizeBytes: given.length,
      });
  });
});

describe('refused, and nothing written:', () => {
  test.each<[string, string, string | Buffer]>([
    ['an SVG', 'another_type', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    [
      'an SVG with a declaration',
      'another_type',
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
    ['HTML', 'another_type', '<!doctype html><script>alert(1)</script>'],
    ['text', 'another_type', 'paid, honestly'],
    ['a GIF', 'another_type', 'GIF89a\x01\x00\x01\x00\x00\x00\x00;'],
    ['a ZIP', 'another_type', Buffer.from('PK\x03\x04'.padEnd(64, '\0'), 'latin1')],
    ['a program', 'another_type', Buffer.from('\x7fELF'.padEnd(64, '\0'), 'latin1')],
    ['one byte', 'another_type', Buffer.from([0x89])],
    ['a PNG signature alone', 'another_type', png().subarray(0, 8)],
    ['half a PNG', 'damaged', png().subarray(0, 40)],
    [
      'a PNG with HTML behind it',
      'damaged',
      Buffer.concat([png(), Buffer.from('<script>alert(1)</script>')]),
    ],
    [
      'a PNG with a broken checksum',
      'damaged',
      Buffer.from(png().map((byte, at) => (at === 20 ? byte ^ 1 : byte))),
    ],
    ['a PNG of 50,000 by 50,000', 'too_wide', png(50_000, 50_000)],
    ['a PNG just over 40 megapixels', 'too_wide', png(8_000, 5_001)],
    ['a PNG without width', 'too_wide', png(0, 5)],
    [
      'a PNG with two headers',
      'damaged',
      Buffer.concat([png().subarray(0, 33), pngChunk('IHDR', Buffer.alloc(13)), png().subarray(33)]),
    ],
    [
      'an animated PNG',
      'another_type',
      Buffer.concat([png().subarray(0, 33), pngChunk('acTL', Buffer.alloc(8)), png().subarray(33)]),
    ],
    ['a JPEG of 65,535 by 65,535', 'too_wide', jpeg(65_535, 65_535)],
    [
      'a JPEG with a second, huge frame',
      'too_wide',
      Buffer.concat([jpeg().subarray(0, 20), jpegFrame(60_000, 60_000), jpeg().subarray(20)]),
    ],
    ['a JPEG without frame', 'damaged', Buffer.concat([jpeg().subarray(0, 20), Buffer.from([0xff, 0xd9])])],
    ['half a JPEG', 'damaged', jpeg().subarray(0, 36)],
    [
      'a JPEG header before HTML',
      'damaged',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('<script>alert(1)</script>')]),
    ],
    ['a PDF header before HTML', 'damaged', '%PDF-1.7\n<script>alert(1)</script>'],
    ['a PDF with a script', 'active', pdf(action)],
    ['a PDF with a spelt-out script', 'active', pdf('<< /S /Java#53cript /#4aS (app.alert(1)) >>')],
    ['a PDF with a rendition script', 'active', pdf('<< /S /Rendition /JS\n(app.alert(1)) >>')],
    ['a PDF with a script by reference', 'active', pdf('<< /S /Rendition /JS 5 0 R >>')],
    ['a PDF with a launch', 'active', pdf('<< /S /Launch /F (cmd.exe) >>')],
    ['a PDF with a file inside', 'active', pdf('<< /Type /EmbeddedFile >>')],
    ['a PDF with an XFA form', 'active', pdf('<< /XFA 5 0 R >>')],
    ['a PDF with a form that sends', 'active', pdf('<< /S /SubmitForm /F (https://a.example) >>')],
    [
      'a PDF with a script in the data of a stream',
      'active',
      pdf(`<< /Length 60 >>\nstream\n9 0 obj ${action} endobj\nendstream`),
    ],
    [
      'a PDF with a script behind a text that holds a keyword',
      'active',
      pdf(`[(endobj \\) stream) ${action}]`),
    ],
    ['a PDF with a packed script in a text', 'active', pdf(objectStream(`5 1 (${action})`))],
    [
      'a PDF with a packed script in a stream of no type',
      'active',
      pdf(objectStream(`5 0 ${action}`, '/FlateDecode', '/Objects')),
    ],
    [
      'a PDF with the place of its packed objects elsewhere',
      'hidden',
      pdf(objectStream(`5 0 ${action}`, '/FlateDecode /First 9 0 R')),
    ],
    [
      'a PDF with HTML before it',
      'two_in_one',
      Buffer.concat([Buffer.from('<script>alert(1)</script>'), pdf()]),
    ],
    [
      'a PDF with HTML behind it',
      'two_in_one',
      Buffer.concat([pdf(), Buffer.from('<script>alert(1)</script>')]),
    ],
    [
      'a PDF with a ZIP behind it',
      'two_in_one',
      Buffer.concat([pdf(), Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1')]),
    ],
    ['half a PDF', 'damaged', pdf().subarray(0, 120)],
    ['a PDF without objects', 'damaged', '%PDF-1.7\n%%EOF'],
    ['a PDF with a packed script', 'active', pdf(objectStream(`5 0 ${action}`))],
    [
      'a PDF with a packed script, its type spelt out',
      'active',
      pdf(objectStream(`5 0 ${action}`, '/FlateDecode', '/Obj#53tm')),
    ],
    ['a PDF packed twice', 'hidden', pdf(objectStream(`5 0 ${action}`, '[/ASCIIHexDecode /FlateDecode]'))],
    [
      'a PDF with a packed script behind a long dictionary',
      'active',
      pdf(objectStream(`5 0 ${action}`, `/FlateDecode${' '.repeat(3_000)}`)),
    ],
    [
      'a PDF with a decoy header in a string',
      'active',
      pdf(objectStream(`5 0 ${action}`, '/FlateDecode /X (endobj 9 0 obj << )')),
    ],
    [
      'a PDF with a decoy header in a comment',
      'active',
      pdf(objectStream(`5 0 ${action}`, '/FlateDecode %endobj 9 0 obj <<\n')),
    ],
    [
      'a PDF packed with a predictor',
      'hidden',
      pdf(objectStream('5 0 << >>', '/FlateDecode /DecodeParms << /Predictor 12 >>')),
    ],
    [
      'a PDF with a decoy header in a name',
      'active',
      pdf(objectStream(`5 0 ${action}`, '/FlateDecode /Xobj 1')),
    ],
    [
      'a PDF with a decoy header in the open',
      'active',
      pdf(objectStream(`5 0 ${action}`, '/FlateDecode endobj 9 0 obj << >>')),
    ],
    ['a PDF that unpacks to 50 MB', 'hidden', pdf(objectStream(Buffer.alloc(50_000_000, 0x20)))],
  ])('%s: %s', async (_name, fault, content) => {
    const before = await readdir(folder);
    expect(await store.save(Buffer.from(content))).toEqual({ fault });
    expect(await readdir(folder)).toEqual(before);
  });

  test('an empty file', async () => {
    expect(await store.save(new Uint8Array())).toEqual({ fault: 'empty' });
  });

  test('malicious megabytes, within two seconds each', async () => {
    const patterns = [
      '/JS ',
      '/JS/',
      '#4a',
      '/ObjStm stream\n',
      'stream',
      '/JS%',
      '4 0 obj /ObjStm /Filter /FlateDecode stream\n',
      '4 0 obj<</ObjStm>>stream\n',
      '1 0 obj (',
      '1 0 obj<<',
      '1 0 obj /First 1 ',
    ];
    for (const pattern of patterns) {
      const bytes = Buffer.from(`%PDF-1.7\n${pattern.repeat(Math.floor(9_900_000 / pattern.length))}\n%%EOF`);
      const start = performance.now();
      await store.save(bytes);
      expect(performance.now() - start, pattern).toBeLessThan(2_000);
    }
    const start = performance.now();
    await store.save(Buffer.concat([jpeg().subarray(0, 20), Buffer.alloc(9_000_000, 0xff)]));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('a name', () => {
  test.each([
    '',
    '.',
    '..',
    '../secret.pdf',
    '/etc/passwd',
    `${'a'.repeat(32)}.pdf\n`,
    `${'a'.repeat(32)}.svg`,
    '\0.pdf',
  ])('%j that was never given leads nowhere', async (name) => {
    await writeFile(join(parent, 'secret.pdf'), 'secret');
    expect(await store.read(name)).toBeUndefined();
    expect(await store.remove(name)).toBe(false);
    expect((await readdir(parent)).sort()).toEqual(['kept', 'secret.pdf']);
  });

  test('is not followed out of the folder by a link', async () => {
    const name = `${'b'.repeat(32)}.pdf`;
    await writeFile(join(parent, 'secret.pdf'), 'secret');
    await symlink(join(parent, 'secret.pdf'), join(folder, name));
    expect(await store.read(name)).toBeUndefined();
    expect(await store.remove(name)).toBe(true);
  });
});
