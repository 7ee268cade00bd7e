import type { Book, EntryFacts, UsageFacts } from './books.ts';

const rules: Record<string, string> = {
  grant: 'Credits were granted.',
  grant_end: 'A new period set the plan part anew; what was left of the running plan grant ended.',
  grant_expiry: 'What was left of the grant expired.',
  release: 'The hold was given back.',
  hold_expiry: 'The hold ran out of time and charged nothing.',
};

/** What staff or a later measurement corrected. */
function correctionOf({ kind, to, facts }: Explained): string | undefined {
  const reason = facts.reason === undefined ? '.' : `: ${facts.reason}`;
  if (kind === 'adjustment')
    return to === 'granted' ? `An operator took credits back${reason}` : `An operator gave credits${reason}`;
  if (kind === 'reversal') return `An operator refunded a charge${reason}`;
  if (kind !== 'true_up') return undefined;
  if (to === 'spent')
    return `The charge was an estimate, and what the work used was more${reckoning(facts)}.`;
  const less = `The charge was an estimate, and what the work used was less${reckoning(facts)}`;
  return to === 'available'
    ? `${less}; the difference was given back.`
    : `${less}; the difference belonged to a grant that expired meanwhile.`;
}

interface Explained {
  kind: string;
  from: Book;
  to: Book;
  facts: EntryFacts;
}

/** Why an entry was made and how its amount came about, as one sentence for people. */
export function ruleOf(entry: Explained): string {
  const { kind, from, to, facts } = entry;
  if (kind === 'hold') return `Reserved before the work${reckoning(facts)}.`;
  if (kind !== 'settle') return rules[kind] ?? correctionOf(entry) ?? 'Credits were moved.';
  if (to === 'available') return 'What the work did not use of its hold was given back.';
  if (to === 'expired') return 'What the work did not use belonged to a grant that expired meanwhile.';
  const source = from === 'available' ? ' above its hold' : '';
  return `Charged for what the work used${source}${reckoning(facts)}.`;
}

function reckoning({ price, units, usage, source }: EntryFacts): string {
  const named =
    source === 'estimated'
      ? ', as an estimate that the caller named'
      : ', as an amount that the caller named';
  if (price === undefined || units === undefined) return named;
  const size = price.unitSize === 1 ? price.unit : `${price.unitSize} ${price.unit}s`;
  const least = price.creditsMin > 0 ? `, at least ${price.creditsMin}` : '';
  const counted =
    usage === undefined
      ? source === 'estimated'
        ? ' (estimated)'
        : ''
      : ` (${tokensOf(usage)}, ${usage.source})`;
  const rate =
    price.rates === undefined
      ? `${price.creditsPerUnit} for each started ${size}`
      : `${price.rates.input} for ${size} of input, ${price.rates.cachedInput} of cached input and ${price.rates.output} of output`;
  return `: ${units} ${price.unit}${units === 1 ? '' : 's'}${counted} at ${rate}${least}`;
}

/** The tokens of a run, with those parts of them that there were. */
function tokensOf({
  inputTokens,
  cachedInputTokens = 0,
  outputTokens,
  reasoningTokens = 0,
}: UsageFacts): string {
  const cached = cachedInputTokens === 0 ? '' : `, ${cachedInputTokens} of them cached`;
  const reasoned = reasoningTokens === 0 ? '' : `, ${reasoningTokens} of them reasoning`;
  return `${inputTokens} tokens in${cached}, ${outputTokens} out${reasoned}`;
}
