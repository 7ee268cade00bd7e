import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataFieldsOf } from '@tenantry/contract/webhook-message';
import { attemptOutcomes, outcomeMeanings } from '@tenantry/domain/outbox/delivery';
import { mailedTypes } from '@tenantry/domain/outbox/mail';
import { messageMeanings, messageTypes } from '@tenantry/domain/outbox/messages';
import { jitter, nextAttempt, retryWindowSeconds } from '@tenantry/domain/outbox/retry';
import { between, table } from './table.ts';

const examples = resolve(import.meta.dirname, '../../../examples/webhooks');

/** The samples of the page, as `packages/testing/src/e2e/webhook/sample.fixture.ts` tests them. */
const samples = [
  ['JavaScript', 'js', 'verify.mjs'],
  ['Python', 'python', 'verify.py'],
  ['PHP', 'php', 'verify.php'],
  ['Go', 'go', 'verify.go'],
  ['Ruby', 'ruby', 'verify.rb'],
] as const;

/** Fills the parts of `docs/webhooks.md` that are made from the closed lists, the retry rule and the samples. */
export function webhooksPage(document: string): string {
  const parts: readonly (readonly [mark: string, text: string])[] = [
    ['events', eventsTable()],
    ['retries', retriesTable()],
    ['outcomes', outcomesTable()],
    ['samples', samplesText()],
  ];
  return parts.reduce((page, [mark, text]) => between(page, mark, text), document);
}

function eventsTable(): string {
  const mailed = new Set<string>(mailedTypes);
  const rows = messageTypes.map((type) => [
    `\`${type}\``,
    messageMeanings[type],
    dataFieldsOf(type)
      .map((name) => `\`${name}\``)
      .join(', '),
    mailed.has(type) ? 'yes' : '',
  ]);
  return table(['type', 'when', '`data`', 'e-mail too'], rows);
}

const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** A time in its two largest units: `1 d 3 h`. */
function spanText(seconds: number): string {
  let rest = Math.round(seconds);
  const parts = units.flatMap(([size, unit]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${unit}`];
  });
  return parts.slice(0, 2).join(' ') || '0 s';
}

/** The attempts at a message that always fails, without the jitter, as the rule makes them. */
function retriesTable(): string {
  const since = new Date(0);
  const rows: string[][] = [['1', 'at once', '0 s']];
  let at = since;
  for (let attempts = 1; ; attempts += 1) {
    const next = nextAttempt({ attempts, since, now: at, random: 0.5 });
    if (next === undefined) break;
    const seconds = (next.getTime() - at.getTime()) / 1000;
    rows.push([String(attempts + 1), spanText(seconds), spanText(next.getTime() / 1000)]);
    at = next;
  }
  const note = `Each delay is up to ${jitter * 100} % longer or shorter. After ${spanText(retryWindowSeconds)} a message is given up.`;
  return `${table(['attempt', 'after the one before', 'since the first'], rows)}\n\n${note}`;
}

function outcomesTable(): string {
  return table(
    ['outcome', 'meaning'],
    attemptOutcomes.map((outcome) => [`\`${outcome}\``, outcomeMeanings[outcome]]),
  );
}

function samplesText(): string {
  return samples
    .map(([language, mark, file]) => {
      const code = readFileSync(resolve(examples, file), 'utf8').trim();
      return `### ${language}\n\n\`\`\`${mark}\n${code}\n\`\`\``;
    })
    .join('\n\n');
}
