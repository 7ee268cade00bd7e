import { readApiConfig } from '@tenantry/config/api';
import { runProcess } from '@tenantry/config/process';
import { refuseUnsafe } from '@tenantry/db/doctor';
import { pino } from 'pino';
import { compose } from './compose.ts';
import { openServer } from './server.ts';

/** Of the ten seconds that a process has to end, those that runs may still take; what is left is for their settles. */
const patienceMilliseconds = 7000;

await runProcess('api', async (env) => {
  const config = readApiConfig(env);
  const log = pino({ name: 'api', level: config.logLevel });
  await refuseUnsafe(config.databaseUrl);
  const { app, close } = await compose(config, log, () => new Date());
  const server = await openServer(app, config);
  await server.listen({ host: config.host, port: config.port });
  log.info({ ready: true, url: config.publicUrl }, 'listening');
  return async () => {
    const patience = setTimeout(app.openCalls.end, patienceMilliseconds);
    await server.close();
    clearTimeout(patience);
    await close();
  };
});
