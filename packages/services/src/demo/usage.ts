import { isRefusal } from '@tenantry/domain/refusals';
import { addDays } from '@tenantry/domain/time';
import { change } from '@tenantry/ledger/change';
import { holdCredits } from '../credit/hold.ts';
import { releaseHold } from '../credit/release.ts';
import { settleHold } from '../credit/settle.ts';
import type { Life } from './life.ts';
import { type World, hoursAfter, inAccount } from './world.ts';

/** What is run, with the units of a usual run. */
const runs = [
  { operation: 'write_content', least: 700, most: 6000 },
  { operation: 'write_content', least: 400, most: 3000 },
  { operation: 'generate_ideas', least: 1, most: 2 },
  { operation: 'summarise', least: 120, most: 1500 },
  { operation: 'generate_image', least: 1, most: 3 },
  { operation: 'cluster_keywords', least: 5, most: 40 },
] as const;

/** For how many of the last days there is use nearly every day; before, every second week. */
const denseDays = 30;

/** Plans the days on which an account works, from a time on. */
export function planUsage(world: World, life: Life, from: Date): void {
  const { timeline, until, choices } = world;
  for (let day = hoursAfter(from, choices.between(1, 5)); day < until; ) {
    timeline.at(day, (at) => work(world, life, at));
    const isDense = addDays(day, denseDays) > until;
    day = hoursAfter(day, isDense ? choices.between(30, 90) : choices.between(190, 420));
  }
}

/** A few runs of one key. An account that may not spend any more spends nothing. */
async function work(world: World, { account, story }: Life, at: Date): Promise<void> {
  const { choices } = world;
  const keyId = account.keyIds[choices.between(0, Math.max(0, account.keyIds.length - 1))];
  const siteId = account.siteIds[choices.between(0, Math.max(0, account.siteIds.length - 1))];
  if (keyId === undefined || siteId === undefined) return;
  const { accountId } = account;
  const actor = { kind: 'api_key', keyId, accountId, scopes: ['credit:spend'], siteId: null } as const;
  await inAccount(world, accountId, { actor, at }, async ({ tx }) => {
    for (let run = 0; run < story.size + 1; run += 1) {
      const { operation, least, most } = choices.of(runs);
      const units = choices.between(least, most);
      const begun = { ...tx, now: new Date(at.getTime() + run * 60_000) };
      const quoted = { operation, units, siteId, ttlSeconds: 900, metadata: { job: `${run + 1}` } };
      const held = await change(begun, holdCredits, quoted);
      if (isRefusal(held)) return;
      const ended = { ...tx, now: new Date(begun.now.getTime() + 9000) };
      const used = Math.max(1, Math.round(units * (0.5 + choices.next() / 2)));
      if (choices.next() < 0.06) await change(ended, releaseHold, { holdId: held.id });
      else
        await change(ended, settleHold, {
          holdId: held.id,
          units: used,
          allowExcess: false,
          usageSource: 'reported',
        });
    }
  });
}
