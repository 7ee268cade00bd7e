import { runProcess } from '@tenantry/config/process';
import { readWorkerConfig } from '@tenantry/config/worker';
import { refuseUnsafe } from '@tenantry/db/doctor';
import { openFailpoint } from '@tenantry/db/failpoint';
import { forgetAnswers } from '@tenantry/db/idempotency/queries';
import { forgetCounts, workJobs } from '@tenantry/db/jobs';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { measurePlatform } from '@tenantry/db/platform/queries';
import { openDatabase } from '@tenantry/db/transaction';
import { expireCredits } from '@tenantry/services/credit/expire';
import type { Flow } from '@tenantry/services/ports';
import { pino } from 'pino';

await runProcess('worker', async (env) => {
  const config = readWorkerConfig(env);
  const log = pino({ name: 'worker', level: config.logLevel });
  await refuseUnsafe(config.databaseUrl);
  const failpoint = openFailpoint(config.failpoint);
  const database = openDatabase(await openOrm(config.databaseUrl, config.databaseConnectionsMax), failpoint);
  const flowOf = (job: string): Flow => ({
    database,
    callInfo: { actor: { kind: 'system', job }, requestId: newId(), now: new Date() },
  });
  const stop = await workJobs(
    config.databaseUrl,
    {
      'credit.expire': async () => {
        const transactions = await expireCredits(flowOf('credit.expire'), failpoint);
        if (transactions > 0) log.info({ transactions }, 'wrote down what time has done');
      },
      'idempotency.forget': () => database.withoutAccount.write({}, (tx) => forgetAnswers(tx, new Date())),
      'throttle.forget': () => database.withoutAccount.write({}, (tx) => forgetCounts(tx, new Date())),
      'platform.measure': () => database.withoutAccount.write({}, (tx) => measurePlatform(tx, new Date())),
    },
    (fault) => log.error({ err: fault }, 'a job failed'),
  );
  log.info({ ready: true }, 'working');
  return async () => {
    await stop();
    await database.close();
  };
});
