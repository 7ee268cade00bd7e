/** Scripts whose words are written with a joiner or a non-joiner between characters, as Persian and the languages of India do. */
const joiningScripts = [
  'Arabic',
  'Syriac',
  'Nko',
  'Mongolian',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Khmer',
  'Myanmar',
];
const joiningCharacter = `[${joiningScripts.map((script) => `\\p{Script=${script}}`).join('')}]`;

/** A joiner or non-joiner after a character of such a script, and before one or at the end of the word. */
const joinerOfScript = `(?<=${joiningCharacter}\\p{M}*)[\\u200C\\u200D](?=${joiningCharacter}|$|\\s)`;

/** A joiner between two emoji. */
const joinerOfEmoji =
  '(?<=\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?)\\u200D(?=\\p{Extended_Pictographic})';

/** A selector of the text or emoji form, after a character that has both. */
const emojiSelector = '(?<=[\\p{Emoji}\\u200D])[\\uFE0E\\uFE0F]';

/** A selector of one form of a Han character. */
const hanSelector = '(?<=\\p{Script=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]';

/** A flag of a part of a country: the black flag, tags that show nothing, and their end. */
const regionalFlag = '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}';

const permittedInvisible = [regionalFlag, joinerOfScript, joinerOfEmoji, emojiSelector, hanSelector].join(
  '|',
);

/**
 * What no name holds: control and format characters, line and paragraph separators, bidirectional controls, private
 * use, unassigned code points, lone surrogates, and every other character that shows nothing.
 */
const forbidden = '[\\p{C}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]';

/** Each character that is permitted where it stands, and each that is not; the second group holds those that are not. */
const invisible = new RegExp(`(${permittedInvisible})|(${forbidden})`, 'gu');

/** A character that shows something: of a word, a number, punctuation or a symbol, and not the empty braille cell. */
const visible = /(?!\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * The one spelling under which a name is stored and compared: composed (NFC), each run of spaces as one space, none at
 * its ends. Idempotent.
 */
export function normaliseName(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\p{Zs}+/gu, ' ')
    .replaceAll(/^ | $/g, '');
}

/**
 * Whether a text, as normalised, can be a name of one line: it shows something, and holds no character that shows
 * nothing, but for the joiners of emoji and of the scripts that need them.
 */
export function isName(text: string): boolean {
  return visible.test(text) && withoutInvisible(text) === text;
}

/** A text without the characters that no name holds, for one that was stored before names were checked. */
export function withoutInvisible(text: string): string {
  return text.replaceAll(invisible, (_found, permitted: string | undefined) => permitted ?? '');
}
