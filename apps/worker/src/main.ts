import { runProcess } from '@tenantry/config/process';
import { readWorkerConfig } from '@tenantry/config/worker';
import { refuseUnsafe } from '@tenantry/db/doctor';
import { openFailpoint } from '@tenantry/db/failpoint';
import { forgetCounts, workJobs } from '@tenantry/db/jobs';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { openDatabase } from '@tenantry/db/transaction';
import { expireCredits } from '@tenantry/services/credit/expire';
import { forgetAnswers } from '@tenantry/services/idempotency/forget';
import { forgetOutbox } from '@tenantry/services/outbox/forget';
import { measureOverview } from '@tenantry/services/overview/measure';
import { measurePlatform } from '@tenantry/services/platform/measure';
import { liveSubscriptions } from '@tenantry/services/subscription/live';
import { pino } from 'pino';
import { openRelay } from './relay.ts';

await runProcess('worker', async (env) => {
  const config = readWorkerConfig(env);
  const log = pino({ name: 'worker', level: config.logLevel });
  await refuseUnsafe(config.databaseUrl);
  const failpoint = openFailpoint(config.failpoint);
  const database = openDatabase(await openOrm(config.databaseUrl, config.databaseConnectionsMax), failpoint);
  const stop = await workJobs(
    config.databaseUrl,
    {
      'credit.expire': async () => {
        const call = {
          actor: { kind: 'system', job: 'credit.expire' },
          requestId: newId(),
          now: new Date(),
        } as const;
        const transactions = await expireCredits({ database, ...call }, failpoint);
        if (transactions > 0) log.info({ transactions }, 'expired credits were written');
      },
      'subscription.live': async () => {
        const call = {
          actor: { kind: 'system', job: 'subscription.live' },
          requestId: newId(),
          now: new Date(),
        } as const;
        const settings = { renewalInvoiceDays: config.renewalInvoiceDays };
        const accounts = await liveSubscriptions({ database, settings, ...call }, failpoint);
        if (accounts > 0) log.info({ accounts }, 'the steps of subscriptions were done');
      },
      'idempotency.forget': () => forgetAnswers({ database, now: new Date() }),
      'throttle.forget': () => database.withoutAccount.write({}, (tx) => forgetCounts(tx, new Date())),
      'outbox.forget': () => forgetOutbox({ database, now: new Date() }),
      'overview.measure': () => measureOverview({ database, now: new Date() }),
      'platform.measure': () => measurePlatform({ database, now: new Date() }),
    },
    (fault) => log.error({ err: fault }, 'a job failed'),
  );
  const stopRelay = openRelay({
    config,
    database,
    clock: () => new Date(),
    failpoint,
    onFault: (fault) => log.error({ err: fault }, 'the relay of the outbox failed, and goes on'),
  });
  log.info({ ready: true }, 'working');
  return async () => {
    await Promise.all([stop(), stopRelay()]);
    await database.close();
  };
});
