import {
  apiKeyCreate,
  creditGet,
  creditHold,
  creditSettle,
  operationRun,
  registrationCreate,
  sessionCreate,
  siteCreate,
} from './orval-client.ts';
import { job } from './job.ts';

const { email, password, hasSucceeded } = job();

const registered = await registrationCreate({ email, password, accountName: 'Acme' });
if (registered.status !== 201) throw new Error(registered.data.code);
const session = await sessionCreate({ email, password });
if (session.status !== 201) throw new Error(session.data.code);
const asPerson = { headers: { Authorization: `Bearer ${session.data.accessToken}` } };
const site = await siteCreate({ name: 'Blog' }, asPerson);
if (site.status !== 201) throw new Error(site.data.code);
const key = await apiKeyCreate(
  { name: 'Plugin', scopes: ['credit:read', 'credit:spend', 'operation:run'] },
  asPerson,
);
if (key.status !== 201) throw new Error(key.data.code);
const authorization = { Authorization: `Bearer ${key.data.secret}` };
const asKey = { headers: authorization };
const hold = await creditHold(
  { amount: 100, siteId: site.data.id },
  { headers: { ...authorization, 'Idempotency-Key': 'hold-1' } },
);
if (hold.status !== 201) throw new Error(hold.data.code);
const settled = await creditSettle(hold.data.id, { amount: 60 }, asKey);
if (settled.status !== 200) throw new Error(settled.data.code);
const run = await operationRun('write_content', { prompt: 'One line about tea.' }, asKey);
if (run.status !== 200) throw new Error(run.data.code);
const credits = await creditGet(undefined, asKey);
if (credits.status !== 200) throw new Error(credits.data.code);
const refused = await creditHold({ amount: 1_000_000 }, asKey);
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
