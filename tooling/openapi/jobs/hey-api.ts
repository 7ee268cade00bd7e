import { client } from './hey-api/client.gen.ts';
import {
  apiKeyCreate,
  creditGet,
  creditHold,
  creditSettle,
  operationRun,
  registrationCreate,
  sessionCreate,
  siteCreate,
} from './hey-api/sdk.gen.ts';
import { job, must } from './job.ts';

const { baseUrl, email, password, hasSucceeded } = job();
let token = '';
client.setConfig({ baseUrl, auth: () => token });

must(await registrationCreate({ body: { email, password, accountName: 'Acme' } }));
const session = must(await sessionCreate({ body: { email, password } }));
token = session.accessToken ?? '';
const site = must(await siteCreate({ body: { name: 'Blog' } }));
const key = must(
  await apiKeyCreate({ body: { name: 'Plugin', scopes: ['credit:read', 'credit:spend', 'operation:run'] } }),
);
token = key.secret ?? '';
const hold = must(
  await creditHold({ body: { amount: 100, siteId: site.id }, headers: { 'Idempotency-Key': 'hold-1' } }),
);
const settled = must(await creditSettle({ path: { holdId: hold.id }, body: { amount: 60 } }));
const run = must(
  await operationRun({ path: { operation: 'write_content' }, body: { prompt: 'One line about tea.' } }),
);
const credits = must(await creditGet());
const { error, response } = await creditHold({ body: { amount: 1_000_000 } });
if (error?.status !== 402) throw new Error('it is not refused for its price');
// @ts-expect-error no 402 of this operation has this code
if (error.code === 'not_found') throw new Error('it is refused for another reason');
hasSucceeded({
  settled,
  run,
  credits,
  refused: error,
  requestId: response?.headers.get('x-request-id') ?? null,
});
