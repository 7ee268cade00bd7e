import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { made } from './table.ts';

interface Finding {
  title: string;
  answer: string;
  /** Files with parts of the titles of the tests that close it. */
  tests: Readonly<Record<string, readonly string[]>>;
}

const e2e = 'packages/testing/src/e2e';

const findings: readonly Finding[] = [
  {
    title: 'The payment model knew only Stripe',
    answer:
      'Accounts and subscriptions carry `payment_method`; `external_payment_id` and `stripe_subscription_id` may be absent, and a Stripe id is unique only where there is one.',
    tests: {
      [`${e2e}/bank-transfer.test.ts`]: ['needs no Stripe'],
      [`${e2e}/registration.test.ts`]: ['gives a paid plan no credits before it is paid'],
    },
  },
  {
    title: 'API keys skipped the plan check',
    answer:
      'One gate runs once for each call, whatever the credential; its verdict is compared with a table.',
    tests: {
      [`${e2e}/gate.test.ts`]: ['answers every cell of the truth table', 'does nothing when it refuses'],
      [`${e2e}/main-job.test.ts`]: ['is the same for every credential over both transports'],
    },
  },
  {
    title: 'System accounts by a list of names',
    answer:
      'No name gives anybody anything; no role widens a query; staff live in their own tables, app and database role.',
    tests: {
      [`${e2e}/gate.test.ts`]: ['lets nobody past for a name'],
      [`${e2e}/bank-transfer.test.ts`]: ['is finance’s alone'],
      'packages/db/src/catalogue.test.ts': ['gives the login roles no way past row security'],
    },
  },
  {
    title: 'The throttle let every signed-in tenant through',
    answer:
      'Every credential is counted, by account and scope, at the rates of its plan; `THROTTLE=off` is refused in production.',
    tests: {
      [`${e2e}/throttle.test.ts`]: ['counts session and keys together', 'counts failed credentials'],
      'packages/gate/src/throttle.redis.test.ts': ['counts one account once'],
      'packages/config/src/config.test.ts': ['refuses %s in production'],
    },
  },
  {
    title: 'Bad tokens became anonymous calls, and some paths had no account',
    answer:
      'What is no credential is 401 and a warning in the log; a query without an account throws; the gate does not look at paths.',
    tests: {
      [`${e2e}/gate.test.ts`]: [
        'is refused as nobody, never taken for somebody',
        'is a membership that was taken away',
      ],
      'packages/db/src/isolation.test.ts': [
        'throws without an account',
        'shows no foreign row with the context',
      ],
      [`${e2e}/isolation.test.ts`]: ['knows every procedure, or names it as one without an account'],
    },
  },
  {
    title: 'Credits were checked after the AI call',
    answer: 'Credits are held before the provider is called, and settled at what was used.',
    tests: {
      [`${e2e}/main-job.test.ts`]: ['is the same for every credential over both transports'],
      [`${e2e}/credits.test.ts`]: [
        'give 3,000 attempts on 1,000 credits of one account exactly 1,000 holds',
        'catch a naive check',
      ],
    },
  },
  {
    title: 'Registration was not one transaction',
    answer:
      'User, account, membership, subscription and credits commit together or not at all, and once per address.',
    tests: {
      [`${e2e}/registration.test.ts`]: [
        'leaves nothing when the write to',
        'makes one account and one grant for twenty',
      ],
    },
  },
  {
    title: 'Nothing confirmed a bank transfer',
    answer:
      '`POST /v1/billing/confirm-bank-transfer` on the admin app: staff with finance power only, idempotent, in one transaction.',
    tests: {
      [`${e2e}/bank-transfer.test.ts`]: [
        'has one effect and one answer when fifty confirm at once',
        'takes one reference once',
        'refuses %s and does nothing',
        'sets the plan’s credits and adds nothing to them',
        'leaves nothing when the write to',
      ],
    },
  },
  {
    title: 'No tests of isolation, keys or payments, and no gate in CI',
    answer: '`.ci/run` runs `npm test`; the sweep and the truth table take a new procedure in by themselves.',
    tests: {
      [`${e2e}/isolation.test.ts`]: [
        'finds no difference between a foreign id and a random one',
        'the sweep is not vacuous',
      ],
      'packages/db/src/entity-manager.test.ts': [
        'cannot update a foreign row through a reference',
        'cannot insert into another account',
      ],
      'packages/db/src/doctor.test.ts': ['says when %s'],
    },
  },
];

const clone = resolve(import.meta.dirname, '../../..');

/** The title of a test, by a part of it, as its file has it now. */
function titleOf(file: string, part: string): string {
  const source = readFileSync(join(clone, file), 'utf8');
  const titles = [...source.matchAll(/'([^'\n]+)',\s*(?:async )?\(/g)].map((match) => match[1] ?? '');
  const title = titles.find((one) => one.includes(part));
  if (title === undefined) throw new Error(`${file} has no test “${part}”`);
  return title;
}

function line(file: string, part: string): string {
  return `- ${titleOf(file, part)} ([${file.split('/').at(-1)}](../${file}))`;
}

/** Each finding of the audit with the tests that close it. Throws when one of them is not there. */
export function auditPage(): string {
  const parts = findings.map(({ title, answer, tests }, index) => {
    const lines = Object.entries(tests).flatMap(([file, titles]) => titles.map((part) => line(file, part)));
    return `## ${index + 1}. ${title}\n\n${answer}\n\nClosed by:\n\n${lines.join('\n')}\n`;
  });
  return `${made}# The audit, finding by finding\n\nTenantry answers the audit of a Django product. Each finding stands here with the tests that would fail if it came back.\n\n${parts.join('\n')}`;
}
