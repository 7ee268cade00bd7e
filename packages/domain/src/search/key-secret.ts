const secretOfKey = /\b(tn[ys]_(?:live|test)_[0-9A-Za-z]{12})_[0-9A-Za-z]*/g;

/**
 * A text without the secret of each API key in it: what is left may be shown, and stand in an address. Whoever searches
 * for a key pastes all of it.
 */
export function withoutKeySecret(text: string): string {
  return text.replaceAll(secretOfKey, '$1');
}
