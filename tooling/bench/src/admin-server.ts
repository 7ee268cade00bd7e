import { compose } from '@tenantry/admin/compose';
import { openServer } from '@tenantry/admin/server';
import { pino } from 'pino';
import { serverConfig } from './server-config.ts';

const [databaseUrl = '', folder = '', isThrottled] = process.argv.slice(2);
const config = {
  ...serverConfig(databaseUrl, folder),
  statementAutoConfirm: 'off',
  secondApproverAmounts: {},
  consoleFolder: undefined,
  throttle: isThrottled === 'unthrottled' ? 'off' : 'on',
  secondApproverCredits: undefined,
} as const;
const { app, close } = await compose(config, pino({ level: 'error' }), () => new Date());
const server = await openServer(app, config);
console.log(JSON.stringify({ url: await server.listen({ host: '127.0.0.1', port: 0 }), pid: process.pid }));

process.on('disconnect', () => {
  void server
    .close()
    .then(close)
    .then(() => process.exit(0));
});
