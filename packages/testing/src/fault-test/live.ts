import { parseArgs } from 'node:util';
import { openFailpoint } from '@tenantry/db/failpoint';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { openDatabase } from '@tenantry/db/transaction';
import { liveSubscriptions } from '@tenantry/services/subscription/live';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { url: text, now: text, point: text, nth: text } });
const { url = '', now = '', point, nth = '1' } = values;
const failpoint = openFailpoint(
  point === undefined ? undefined : { name: point, nth: Number(nth), action: 'kill' },
);

// One run of the job of subscriptions, with the role of the worker, at the time of `--now`.
const database = openDatabase(await openOrm(url, 1), failpoint);
const actor = { kind: 'system', job: 'subscription.live' } as const;
const settings = { renewalInvoiceDays: 7 };
await liveSubscriptions({ database, settings, actor, requestId: newId(), now: new Date(now) }, failpoint);
await database.close();
process.exit(0);
