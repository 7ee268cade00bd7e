import { parseArgs } from 'node:util';
import { readyMessage } from '@tenantry/config/process';
import { openFailpoint } from '@tenantry/db/failpoint';
import { openOrm } from '@tenantry/db/orm';
import { openDatabase } from '@tenantry/db/transaction';
import { openRelay } from '@tenantry/worker/relay';
import { sealingKeys } from '../webhook/relay.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { url: text, smtp: text, shift: text, point: text, nth: text },
});
const { url = '', smtp, shift = '0', point, nth = '1' } = values;
const failpoint = openFailpoint(
  point === undefined ? undefined : { name: point, nth: Number(nth), action: 'kill' },
);

// The relay of a worker, with its role, at a clock that is `--shift` seconds ahead; it dies at a failpoint or at SIGTERM.
const database = openDatabase(await openOrm(url, 5), failpoint);
const stop = openRelay({
  config: {
    secondFactorKeys: sealingKeys,
    webhooksAllowLoopback: true,
    mail: { smtpUrl: smtp, folder: undefined, from: 'App <no-reply@app.test>' },
    portalUrl: 'https://portal.test',
  },
  database,
  clock: () => new Date(Date.now() + Number(shift) * 1000),
  failpoint,
  onFault: (fault) => console.error(fault),
});
process.on('SIGTERM', () => {
  void stop()
    .then(() => database.close())
    .then(() => process.exit(0));
});
process.send?.(readyMessage);
