import { compose } from '@tenantry/api/compose';
import { openServer } from '@tenantry/api/server';
import { pino } from 'pino';
import { serverConfig } from './server-config.ts';

const [databaseUrl = '', folder = '', connectionsMax = ''] = process.argv.slice(2);
const config = {
  ...serverConfig(databaseUrl, folder),
  databaseConnectionsMax: Number(connectionsMax),
};
const { app, close } = await compose(config, pino({ level: 'error' }), () => new Date());
const server = await openServer(app, config);
console.log(JSON.stringify({ url: await server.listen({ host: '127.0.0.1', port: 0 }) }));

process.on('disconnect', () => {
  void server
    .close()
    .then(close)
    .then(() => process.exit(0));
});
