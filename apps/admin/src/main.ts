import { readAdminConfig } from '@tenantry/config/admin';
import { runProcess } from '@tenantry/config/process';
import { refuseUnsafe } from '@tenantry/db/doctor';
import { pino } from 'pino';
import { compose } from './compose.ts';
import { openServer } from './server.ts';

await runProcess('admin', async (env) => {
  const config = readAdminConfig(env);
  const log = pino({ name: 'admin', level: config.logLevel });
  await refuseUnsafe(config.databaseUrl);
  const { app, close } = await compose(config, log, () => new Date());
  const server = await openServer(app, config);
  await server.listen({ host: config.host, port: config.port });
  log.info({ ready: true, url: config.publicUrl }, 'listening');
  return async () => {
    await server.close();
    await close();
  };
});
