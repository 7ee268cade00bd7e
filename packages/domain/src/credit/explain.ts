import type { Book, EntryFacts } from './books.ts';

const rules: Record<string, string> = {
  grant: 'Credits were granted.',
  grant_end: 'A new period set the plan part anew; what was left of the running plan grant ended.',
  grant_expiry: 'What was left of the grant expired.',
  release: 'The hold was given back.',
  hold_expiry: 'The hold ran out of time and charged nothing.',
  adjustment: 'An operator adjusted the credits.',
};

/** Why an entry was made and how its amount came about, as one sentence for people. */
export function ruleOf(entry: { kind: string; from: Book; to: Book; facts: EntryFacts }): string {
  const { kind, from, to, facts } = entry;
  if (kind === 'hold') return `Reserved before the work${reckoning(facts)}.`;
  if (kind !== 'settle') return rules[kind] ?? 'Credits were moved.';
  if (to === 'available') return 'What the work did not use of its hold was given back.';
  if (to === 'expired') return 'What the work did not use belonged to a grant that expired meanwhile.';
  const source = from === 'available' ? ' above its hold' : '';
  return `Charged for what the work used${source}${reckoning(facts)}.`;
}

function reckoning({ price, units, usage }: EntryFacts): string {
  if (price === undefined || units === undefined) return ', as an amount that the caller named';
  const size = price.unitSize === 1 ? price.unit : `${price.unitSize} ${price.unit}s`;
  const least = price.creditsMin > 0 ? `, at least ${price.creditsMin}` : '';
  const counted =
    usage === undefined
      ? ''
      : ` (${usage.inputTokens} tokens in, ${usage.outputTokens} out, ${usage.source})`;
  return `: ${units} ${price.unit}${units === 1 ? '' : 's'}${counted} at ${price.creditsPerUnit} for each started ${size}${least}`;
}
