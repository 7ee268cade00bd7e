/** A finding of the audit that Tenantry answers. */
export interface Finding {
  readonly title: string;
  readonly answer: string;
  /** Parts of the titles of the tests that fail if it comes back; each fits exactly one test. */
  readonly tests: readonly string[];
}

/** The findings of an audit of an earlier product, in the order of the audit. */
export const findings: readonly Finding[] = [
  {
    title: 'The payment model knew only Stripe',
    answer:
      'Accounts and subscriptions have a `payment_method`; `external_payment_id` and `stripe_subscription_id` may be absent, and a Stripe id is unique where there is one.',
    tests: ['needs no Stripe: any number of subscriptions', 'gives a paid plan no credits before it is paid'],
  },
  {
    title: 'API keys skipped the plan check',
    answer:
      'One gate runs once for each call, whatever the credential; its verdict is compared with a table.',
    tests: [
      'answers every cell of the truth table',
      'does nothing when it refuses: no row changes',
      'the main job is the same for every credential over both transports',
    ],
  },
  {
    title: 'A list of names decided which accounts are system accounts',
    answer:
      'No name gives power, and no role widens a query. Staff have tables, an app and a database role of their own.',
    tests: ['an account called like a system account has no power', '(J14)', '(B3)'],
  },
  {
    title: 'The throttle let every signed-in tenant through',
    answer:
      'Every credential is counted, by account and scope, at the rates of its plan; production refuses `THROTTLE=off`.',
    tests: [
      'counts session and keys together',
      'counts failed credentials, and not those that are good',
      'one Redis counts one account once: exactly its rate passes',
      'refuses %s in production and takes it in a demo',
    ],
  },
  {
    title: 'Bad tokens became anonymous calls, and some paths had no account',
    answer:
      'A malformed credential is answered with 401 and a warning in the log. A query without an account throws. The gate does not look at paths.',
    tests: [
      'is refused with 401, and the log names the reason without its text',
      '(G5)',
      '(A1)',
      '(B4, B5)',
      'knows every procedure, or names it as one without an account',
    ],
  },
  {
    title: 'Credits were checked after the AI call',
    answer: 'Credits are held before the provider is called, and settled at what was used.',
    tests: [
      'the main job is the same for every credential over both transports',
      '3,000 attempts on 1,000 credits of one account',
    ],
  },
  {
    title: 'Registration was not one transaction',
    answer:
      'User, account, membership, subscription and credits commit together or not at all, and once for an address.',
    tests: ['(L7)', '(L8)'],
  },
  {
    title: 'Nothing confirmed a bank transfer',
    answer:
      '`POST /v1/billing/confirm-bank-transfer` of the admin app: only for staff with the power over money, idempotent, in one transaction.',
    tests: ['(J11, F15)', '(J12)', '(J13, J16)', 'sets the plan’s credits and adds nothing to them', '(F24)'],
  },
  {
    title: 'There were no tests of isolation, keys or payments, and CI ran none',
    answer: '`.ci/run` runs `npm test`; the sweep and the truth table include a new procedure by themselves.',
    tests: [
      'finds no difference between a foreign id and a random one',
      'the sweep is not vacuous',
      '(A5)',
      'cannot insert into another account (A8)',
      'the doctor says when %s',
    ],
  },
];
