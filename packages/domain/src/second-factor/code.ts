const appCode = /^\d{6}$/;
const recoveryCode = /^([a-z2-7]{5})([a-z2-7]{5})$/;

/**
 * The one form of a code that people copy by hand: without blanks and dashes, in lower case, and a recovery code with its
 * one dash. A text that is no code is answered as it is, changed in the same way.
 */
export function normaliseCode(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toLowerCase();
  return plain.replace(recoveryCode, '$1-$2');
}

/** Whether a text in its normal form can be a code: six digits of an app, or a recovery code. */
export function isCode(text: string): boolean {
  return appCode.test(text) || recoveryCode.test(text.replace('-', ''));
}
