import { Migration } from '@mikro-orm/migrations';

/** The scopes of that time: a plan without a rate for one of them cannot be stored. */
const scopes = [
  'auth',
  'auth_strict',
  'content_read',
  'content_write',
  'credit_hold',
  'credit_settle',
  'ai_function',
  'billing',
  'default',
];
/** The rate of a scope; 0 without a number, because a constraint lets a comparison with null pass. */
const rate = (scope: string) =>
  `case jsonb_typeof(throttle_rates->'${scope}') when 'number' then (throttle_rates->>'${scope}')::numeric else 0 end`;
const isWhole = (scope: string) => `${rate(scope)} >= 1 and mod(${rate(scope)}, 1) = 0`;

/**
 * Holds, and what resolves them, are throttled in scopes of their own. Both were counted by `content_write`: holds get
 * twice that rate, and settles 32 times the rate of holds, which is the least that the constraint allows.
 */
export class Migration0020CreditThrottles extends Migration {
  override up(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(`update plan set throttle_rates = throttle_rates || jsonb_build_object(
      'credit_hold', 2 * ${rate('content_write')}, 'credit_settle', 64 * ${rate('content_write')})`);
    this.addSql(
      `alter table plan add constraint plan_throttle_rates_check check (${scopes.map(isWhole).join(' and ')})`,
    );
    this.addSql(
      `alter table plan add constraint plan_settle_rate_check check (${rate('credit_settle')} >= 32 * ${rate('credit_hold')})`,
    );
  }

  override down(): void {
    this.addSql("set local lock_timeout = '2s'");
    this.addSql(
      'alter table plan drop constraint plan_settle_rate_check, drop constraint plan_throttle_rates_check',
    );
    this.addSql("update plan set throttle_rates = throttle_rates - array['credit_hold', 'credit_settle']");
  }
}
