import type { Move } from './move.ts';
import type { PlannedChange } from './plan.ts';

/** The most characters of a security event that tell what changed, and of one field of it: a prompt can be long. */
const changesCharactersMax = 50_000;
const detailCharactersMax = 1000;

/** What a security event tells of an apply: the catalogue before and after, the move, and each field that differs. */
export function factsOfApply({
  before,
  fingerprint,
  move,
  changes,
}: {
  before: string;
  fingerprint: string;
  move: Move | undefined;
  changes: readonly PlannedChange[];
}): Record<string, string> {
  const lines = changes.flatMap(({ part, name, change, details, accounts }) => [
    `${change} ${part} ${name}${accounts === 0 ? '' : ` (accounts: ${accounts})`}`,
    ...details.map((detail) => `  ${shortened(detail, detailCharactersMax)}`),
  ]);
  return {
    before,
    after: fingerprint,
    move: move ?? 'none',
    changes: shortened(lines.join('\n'), changesCharactersMax),
    count: String(changes.length),
  };
}

/** A text whose end is left out where it is too long; a character of two units stays whole. */
function shortened(text: string, charactersMax: number): string {
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax).toWellFormed()}…`;
}
