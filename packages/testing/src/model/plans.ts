/** Plans that only the model sells: by the month, by the year, one without credits, and the best. */
export const plans = [
  {
    id: '0198f000-0000-7000-8000-00000000a001',
    slug: 'model-month',
    cycle: 'monthly',
    price: 100,
    credits: 300,
    rolloverMax: 0,
    graceDays: 7,
  },
  {
    id: '0198f000-0000-7000-8000-00000000a002',
    slug: 'model-year',
    cycle: 'annual',
    price: 2400,
    credits: 1200,
    rolloverMax: 500,
    graceDays: 3,
  },
  {
    id: '0198f000-0000-7000-8000-00000000a003',
    slug: 'model-bare',
    cycle: 'monthly',
    price: 50,
    credits: 0,
    rolloverMax: 70,
    graceDays: 0,
  },
  {
    id: '0198f000-0000-7000-8000-00000000a004',
    slug: 'model-best',
    cycle: 'monthly',
    price: 900,
    credits: 2000,
    rolloverMax: 0,
    graceDays: 40,
  },
] as const;
export type ModelPlan = (typeof plans)[number];

/** The plan that every registration begins with. */
export const trial = { credits: 1000n, days: 14 };

/** Adds the model's plans to the catalogue; its parameters are the fields of `plans` in their order. */
export const insertPlan = `insert into plan (id, slug, plan_version, name, state, currency, cycle, included_credits, users_max,
  sites_max, sectors_per_site_max, api_keys_max, throttle_rates, rollover_credits_max, price_amount, grace_days)
  select $1, $2, 1, $2, 'listed', 'USD', $3, $4, 1, 2, 1, 1, throttle_rates, $5, $6, $7 from plan where slug = 'trial'`;
