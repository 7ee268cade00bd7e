/** Choices of the demo that look random and are the same each time. */
export interface Choices {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number between two bounds, both included. */
  between(least: number, most: number): number;
  /** One of a list. */
  of<T>(list: readonly T[]): T;
}

/** Choices that a seed determines, by the generator Mulberry32. */
export function choicesOf(seed: number): Choices {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    of: (list) => {
      const chosen = list[between(0, list.length - 1)];
      if (chosen === undefined) throw new Error('A list of choices is empty.');
      return chosen;
    },
  };
}
