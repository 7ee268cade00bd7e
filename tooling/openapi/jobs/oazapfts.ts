import * as api from './oazapfts-client.ts';
import { job } from './job.ts';

const { baseUrl, email, password, hasSucceeded } = job();
api.defaults.baseUrl = baseUrl;

const registered = await api.registrationCreate({ email, password, accountName: 'Acme' });
if (registered.status !== 201) throw new Error(registered.data.code);
const session = await api.sessionCreate({ email, password });
if (session.status !== 201) throw new Error(session.data.code);
api.defaults.headers = { Authorization: `Bearer ${session.data.accessToken}` };
const site = await api.siteCreate({ name: 'Blog' });
if (site.status !== 201) throw new Error(site.data.code);
const key = await api.apiKeyCreate({
  name: 'Plugin',
  scopes: ['credit:read', 'credit:spend', 'operation:run'],
});
if (key.status !== 201) throw new Error(key.data.code);
api.defaults.headers = { Authorization: `Bearer ${key.data.secret}` };
const hold = await api.creditHold({ amount: 100, siteId: site.data.id }, { idempotencyKey: 'hold-1' });
if (hold.status !== 201) throw new Error(hold.data.code);
const settled = await api.creditSettle(hold.data.id, { amount: 60 });
if (settled.status !== 200) throw new Error(settled.data.code);
const run = await api.operationRun('write_content', { prompt: 'One line about tea.' });
if (run.status !== 200) throw new Error(run.data.code);
const credits = await api.creditGet();
if (credits.status !== 200) throw new Error(credits.data.code);
const refused = await api.creditHold({ amount: 1_000_000 });
if (refused.status !== 402) throw new Error('it is not refused for its price');
// @ts-expect-error no 402 of this operation has this code
if (refused.data.code === 'not_found') throw new Error('it is refused for another reason');
hasSucceeded({
  settled: settled.data,
  run: run.data,
  credits: credits.data,
  refused: refused.data,
  requestId: refused.headers.get('x-request-id'),
});
