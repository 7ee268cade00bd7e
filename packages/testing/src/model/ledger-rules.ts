import { creditsMax } from './model.ts';
import type { Observed } from './observe.ts';

/** A rule as a sentence, and whether it is kept. */
type Rule = readonly [sentence: string, isKept: boolean];

const number = (text: string | null | undefined) => BigInt(text ?? 0);
const sum = (amounts: readonly bigint[]) => amounts.reduce((left, right) => left + right, 0n);
const books = ['granted', 'available', 'held', 'spent', 'expired'] as const;

/** The rules of the ledger that what is stored breaks, whatever calls led there (I1, I3, I4, I19). */
export function brokenRules(observed: Observed): string[] {
  const rules = [...rulesOfBooks(observed), ...rulesOfGrants(observed), ...rulesOfHolds(observed)];
  return rules.filter(([, isKept]) => !isKept).map(([sentence]) => `broken: ${sentence}`);
}

function rulesOfBooks({ figures, headHash, grants, holds, journal }: Observed): Rule[] {
  const whole = sum([figures.available, figures.held, figures.spent, figures.expired].map(number));
  const open = holds.filter(({ status }) => status === 'open');
  const isInBounds = (amount: bigint) => amount >= 0n && amount <= creditsMax;
  return [
    ['what was granted is in one of the other books', number(figures.granted) === whole],
    ['no book is below zero or above what counts', books.every((book) => isInBounds(number(figures[book])))],
    ['available was never below zero', number(journal['lowest']) === 0n],
    ...books.map((book): Rule => [`${book} is what the journal moved`, figures[book] === journal[book]]),
    [
      'the sequence has no gap',
      figures.sequence === journal['entries'] && figures.sequence === journal['last'],
    ],
    [
      'the last entry is the head',
      headHash === journal['headHash'] && figures.available === journal['availableAfter'],
    ],
    ['held is the sum of open holds', number(figures.held) === sum(open.map(({ amount }) => number(amount)))],
    ['available is in the grants', number(figures.available) === sum(grants.map(({ free }) => number(free)))],
  ];
}

function rulesOfGrants({ grants, holds }: Observed): Rule[] {
  const parts = holds.flatMap((hold) => (hold.status === 'open' ? hold.parts : []));
  const backed = (id: string) =>
    sum(parts.flatMap(({ grantId, amount }) => (grantId === id ? [BigInt(amount)] : [])));
  return grants.flatMap(({ id, free, held }): Rule[] => [
    [`grant ${id} is not below zero`, number(free) >= 0n && number(held) >= 0n],
    [`grant ${id} holds what it backs`, number(held) === backed(id)],
  ]);
}

function rulesOfHolds({ holds, resolutions }: Observed): Rule[] {
  const moved = new Map(resolutions.map((one) => [one.id, one]));
  return holds.flatMap(({ id, amount, status, paid }): Rule[] => [
    [`hold ${id} took what it holds`, moved.get(id)?.held === amount],
    [`hold ${id} left as it was resolved`, moved.get(id)?.left === (status === 'open' ? '0' : amount)],
    [`hold ${id} was resolved once`, (moved.get(id)?.ways ?? 0) === (status === 'open' ? 0 : 1)],
    [`hold ${id} was paid as it says`, moved.get(id)?.spent === paid],
  ]);
}
