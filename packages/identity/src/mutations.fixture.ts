/** A seeded stream of numbers in [0, 1), so that a failing mutation can be made again (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Mutation = (text: string, at: number, random: () => number) => string;

const emails = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\u0000é';

const mutations: readonly Mutation[] = [
  (text, at, random) => {
    const flipped = text.charCodeAt(at) ^ (1 << Math.floor(random() * 8));
    return text.slice(0, at) + String.fromCharCode(flipped) + text.slice(at + 1);
  },
  (text, at, random) =>
    text.slice(0, at) + emails.charAt(Math.floor(random() * emails.length)) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at, random) =>
    text.slice(0, at) + emails.charAt(Math.floor(random() * emails.length)) + text.slice(at),
  (text, at) => text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2),
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at) + text.slice(0, at),
  (text, at) => text.slice(0, at) + text,
  (text, at) => text.slice(0, at) + text.slice(at).toUpperCase(),
  (text, at) => text.slice(0, at) + text.slice(at).split('').reverse().join(''),
];

/** One random change: a bit, a letter, a cut, a turn, a doubling. May, rarely, return the text unchanged. */
export function mutate(text: string, random: () => number): string {
  const mutation = mutations[Math.floor(random() * mutations.length)];
  return mutation ? mutation(text, Math.floor(random() * text.length), random) : text;
}
