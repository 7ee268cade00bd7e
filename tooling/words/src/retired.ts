/** A word that names and texts do not use, and what they use instead. */
export interface RetiredWord {
  /** Every form, in lower case. A form of two words is found where both stand next to each other in a name. */
  readonly forms: readonly string[];
  /** `names` retires the word in names alone; texts may use it in its plain sense. */
  readonly where: 'names' | 'everywhere';
  readonly use: string;
}

const everywhere = (use: string, ...forms: readonly string[]): RetiredWord => ({
  forms,
  where: 'everywhere',
  use,
});
const inNames = (use: string, ...forms: readonly string[]): RetiredWord => ({ forms, where: 'names', use });

/** Words that are no terms of the field, with the terms that replace them. */
export const retiredWords: readonly RetiredWord[] = [
  everywhere('app', 'house', 'houses', 'housed'),
  everywhere('request context', 'street', 'streets'),
  everywhere('gate', 'corridor', 'corridors'),
  everywhere('change, call', 'deed', 'deeds'),
  everywhere('ledger view', 'desk', 'desks'),
  everywhere('batch state', 'sitting', 'sittings'),
  everywhere('group commit', 'lane', 'lanes'),
  everywhere('access', 'standpoint', 'standpoints'),
  everywhere('refused, rejected', 'denied'),
  everywhere('mutation checks', 'teeth'),
  everywhere('mutant, mutation', 'sabotage', 'sabotages', 'sabotaged'),
  everywhere('killed, detected', 'bite', 'bites', 'biting', 'bitten'),
  everywhere('concurrent clients', 'crowd', 'crowds', 'crowded', 'crew', 'crews'),
  everywhere('checker', 'judge', 'judges', 'judged', 'judging'),
  everywhere('fault test', 'drill', 'drills', 'drilled', 'drilling'),
  everywhere('malicious', 'hostile'),
  everywhere('isolation policies', 'wall', 'walls', 'walled', 'unwalled'),
  everywhere('package, space', 'room', 'rooms'),
  everywhere('endpoint, entry', 'door', 'doors'),
  everywhere('rule', 'law', 'laws'),
  inNames('enqueue an outbox message', 'tell others'),
  inNames('error report', 'told'),
  inNames('email', 'letter', 'letters'),
  inNames('background', 'later'),
];

/** Phrases of others that contain a retired word. They are left out before words are looked for. */
export const allowedPhrases: readonly { readonly phrase: RegExp; readonly because: string }[] = [
  { phrase: /permission denied/gi, because: "PostgreSQL's error message" },
  { phrase: /wall[- ]clock/gi, because: 'the field names elapsed real time so' },
];

/** Files that may use some of the words. */
export const allowedFiles: Readonly<
  Record<string, { readonly words: readonly string[]; readonly because: string }>
> = {
  'tooling/words/src/retired.ts': {
    words: retiredWords.flatMap(({ forms }) => forms),
    because: 'this list names the words',
  },
  'tooling/words/src/words.test.ts': {
    words: retiredWords.flatMap(({ forms }) => forms),
    because: 'its samples hold the words that must be found',
  },
  'packages/db/src/migrations/0007-refresh-families.ts': {
    words: ['wall'],
    because: 'migrated databases have policies of these names, and a migration that has run does not change',
  },
  'packages/db/src/migrations/restrictive-policies.ts': {
    words: ['wall'],
    because: 'migrations that have run use it to name policies',
  },
};
