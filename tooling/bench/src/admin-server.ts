import { compose } from '@tenantry/admin/compose';
import { openServer } from '@tenantry/admin/server';
import { pino } from 'pino';
import { serverConfig } from './server-config.ts';

const [databaseUrl = '', folder = '', isThrottled] = process.argv.slice(2);
const config = {
  ...serverConfig(databaseUrl, folder),
  statementAutoConfirm: 'off',
  secondApproverAmounts: {},
  throttle: isThrottled === 'unthrottled' ? 'off' : 'on',
