import createClient from 'openapi-fetch';
import type { paths } from './openapi-typescript.ts';
import { job, must } from './job.ts';

const { baseUrl, email, password, hasSucceeded } = job();
const client = createClient<paths>({ baseUrl });

must(await client.POST('/registrations', { body: { email, password, accountName: 'Acme' } }));
const session = must(await client.POST('/sessions', { body: { email, password } }));
const asPerson = { Authorization: `Bearer ${session.accessToken}` };
const site = must(await client.POST('/sites', { body: { name: 'Blog' }, headers: asPerson }));
const key = must(
  await client.POST('/api-keys', {
    body: { name: 'Plugin', scopes: ['credit:read', 'credit:spend', 'operation:run'] },
    headers: asPerson,
  }),
);
const headers = { Authorization: `Bearer ${key.secret}` };
const hold = must(
  await client.POST('/credits/holds', {
    body: { amount: 100, siteId: site.id },
    params: { header: { 'Idempotency-Key': 'hold-1' } },
    headers,
  }),
);
const settled = must(
  await client.POST('/credits/holds/{holdId}/settle', {
    params: { path: { holdId: hold.id } },
    body: { amount: 60 },
    headers,
  }),
);
const run = must(
  await client.POST('/operations/{operation}/runs', {
    params: { path: { operation: 'write_content' } },
    body: { prompt: 'One line about tea.' },
    headers,
  }),
);
const credits = must(await client.GET('/credits', { headers }));
const { error, response } = await client.POST('/credits/holds', { body: { amount: 1_000_000 }, headers });
if (error?.status !== 402) throw new Error('it is not refused for its price');
// @ts-expect-error no 402 of this operation has this code
if (error.code === 'not_found') throw new Error('it is refused for another reason');
hasSucceeded({ settled, run, credits, refused: error, requestId: response.headers.get('x-request-id') });
