import { newId } from '@tenantry/db/ids';
import type { ServiceTest } from '@tenantry/services/service.fixture';
import fc from 'fast-check';
import { type LivingAccount, callsOf } from './account.ts';

/** Plans of a run: by the month, by the year, one without credits, the best, and one that costs nothing. */
const planKinds = ['low', 'year', 'bare', 'high', 'free'] as const;
const price = fc.integer({ min: 50, max: 20_000 });
const credits = fc.integer({ min: 1, max: 3000 });

/** What the plans of a run cost and bring. */
export const planChoices = fc.tuple(
  fc.record({
    price,
    credits,
    graceDays: fc.constantFrom(0, 3, 7, 40),
    rollover: fc.constantFrom(0, 0, 500),
  }),
  fc.record({
    price: price.map((amount) => amount * 10),
    credits,
    graceDays: fc.constant(7),
    rollover: fc.constant(0),
  }),
  fc.record({ price, credits: fc.constant(0), graceDays: fc.constant(7), rollover: fc.constant(0) }),
  fc.record({
    price: price.map((amount) => amount + 10_000),
    credits,
    graceDays: fc.constant(7),
    rollover: fc.constant(0),
  }),
  fc.record({ price: fc.constant(0), credits, graceDays: fc.constantFrom(0, 7), rollover: fc.constant(0) }),
);
type PlanChoices = typeof planChoices extends fc.Arbitrary<infer Choices> ? Choices : never;

const insertPlan = `insert into plan (id, slug, plan_version, name, state, currency, cycle, included_credits, users_max,
  sites_max, sectors_per_site_max, api_keys_max, throttle_rates, rollover_credits_max, price_amount, grace_days)
  select $1, $2, $3, $2, 'listed', 'USD', $4, $5, 1, 2, 1, 1, throttle_rates, $6, $7, $8 from plan where slug = 'trial'`;

/** Adds the plans of a run to the catalogue, and answers their slugs. */
export async function insertPlans({ database }: ServiceTest, choices: PlanChoices): Promise<string[]> {
  const run = newId();
  const slugs: string[] = [];
  for (const [index, { price: amount, credits: included, graceDays, rollover }] of choices.entries()) {
    const kind = planKinds[index] ?? 'low';
    const slug = `${kind}-${run}`;
    const cycle = kind === 'year' ? 'annual' : 'monthly';
    await database.query(insertPlan, [newId(), slug, 1, cycle, included, rollover, amount, graceDays]);
    slugs.push(slug);
  }
  return slugs;
}

/** One thing that happens to an account. */
export type Step =
  /** Asks for a plan; `purchase` pays for it at once as well. */
  | { do: 'ask' | 'purchase'; plan: number }
  | { do: 'confirm'; share: 'exact' | 'part' | 'more' }
  | { do: 'confirmAgain' | 'report' | 'reject' | 'takeBack' | 'cancel' | 'resume' | 'buy' | 'work' }
  | { do: 'spend'; share: number }
  /** Asks for a plan, spends, lets time pass, and pays. */
  | { do: 'spendThenPay'; plan: number; share: number; seconds: number }
  | { do: 'catalogue'; plan: number; price: number; credits: number }
  | { do: 'pass'; seconds: number }
  /** Passes to a day counted from the end of what was paid, give or take a millisecond. */
  | { do: 'passToEnd'; days: number; milliseconds: number };

const day = 86_400;
const plan = fc.nat(4);

/** What happens, by how often it does. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: plan.map((chosen): Step => ({ do: 'ask', plan: chosen })) },
  { weight: 5, arbitrary: plan.map((chosen): Step => ({ do: 'purchase', plan: chosen })) },
  {
    weight: 8,
    arbitrary: fc
      .constantFrom('exact' as const, 'exact' as const, 'exact' as const, 'part' as const, 'more' as const)
      .map((share): Step => ({ do: 'confirm', share })),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({
        plan: fc.constantFrom(1, 3, 3),
        share: fc.constantFrom(0, 0.3, 1),
        seconds: fc.constantFrom(0, 3600, 5 * day, 20 * day, 35 * day, 60 * day),
      })
      .map((chosen): Step => ({ do: 'spendThenPay', ...chosen })),
  },
  ...(
    ['confirmAgain', 'report', 'reject', 'takeBack', 'cancel', 'resume', 'buy', 'work', 'work'] as const
  ).map((name) => ({
    weight: 1,
    arbitrary: fc.constant<Step>({ do: name }),
  })),
  {
    weight: 4,
    arbitrary: fc.constantFrom(0.1, 0.5, 1, 1).map((share): Step => ({ do: 'spend', share })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ plan, price, credits }).map((changed): Step => ({ do: 'catalogue', ...changed })),
  },
  {
    weight: 4,
    arbitrary: fc
      .oneof(fc.constantFrom(1, 60, day, 400 * day), fc.nat(40 * day))
      .map((seconds): Step => ({ do: 'pass', seconds })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        days: fc.constantFrom(-7, -3, 0, 0, 1, 3, 7, 8, 40),
        milliseconds: fc.constantFrom(-1, 0, 1),
      })
      .map((time): Step => ({ do: 'passToEnd', ...time })),
  },
);

const newVersion = `insert into plan select (json_populate_record(old, json_build_object('id', $2::text, 'plan_version',
  old.plan_version + 1, 'price_amount', $3::bigint, 'included_credits', $4::bigint))).* from plan old where slug = $1
  order by plan_version desc limit 1`;

/** Does a step, and answers its verdict. */
export async function perform(services: ServiceTest, account: LivingAccount, one: Step): Promise<string> {
  const calls = callsOf(services, account);
  const slugOf = (index: number) => account.plans[index] ?? 'none';
  switch (one.do) {
    case 'ask':
      return calls.ask(slugOf(one.plan));
    case 'purchase': {
      const asked = await calls.ask(slugOf(one.plan));
      return asked === 'ok' ? calls.confirm('exact') : asked;
    }
    case 'spendThenPay': {
      const asked = await calls.ask(slugOf(one.plan));
      if (asked !== 'ok') return asked;
      await calls.spend(one.share);
      account.now = new Date(account.now.getTime() + one.seconds * 1000);
      return calls.confirm('exact');
    }
    case 'confirm':
      return calls.confirm(one.share);
    case 'spend':
      return calls.spend(one.share);
    case 'catalogue': {
      const slug = slugOf(one.plan);
      await services.database.query(newVersion, [
        slug,
        newId(),
        slug.startsWith('free') ? 0 : one.price,
        slug.startsWith('bare') ? 0 : one.credits,
      ]);
      return 'ok';
    }
    case 'pass':
      account.now = new Date(account.now.getTime() + one.seconds * 1000);
      return 'ok';
    case 'passToEnd': {
      const { paidThrough } = await calls.standings();
      const to = new Date((paidThrough ?? account.now).getTime() + one.days * day * 1000 + one.milliseconds);
      if (to > account.now) account.now = to;
      return 'ok';
    }
    default:
      return calls[one.do]();
  }
}
