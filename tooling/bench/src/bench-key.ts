import type { BenchDatabase } from './database.ts';

/** Creates an account without limits and an API key of it, through the same API calls as a customer. */
export async function makeBenchKey(
  apiUrl: string,
  database: BenchDatabase,
  scopes: readonly string[] = ['credit:read'],
  email = 'bench@example.test',
): Promise<string> {
  const post = async (path: string, body: object, headers = {}): Promise<Record<string, string>> => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    const response = await fetch(`${apiUrl}/v1${path}`, { ...init, body: JSON.stringify(body) });
    return JSON.parse(await response.text());
  };
  const person = { email, password: 'correct horse battery' };
  await post('/registrations', { ...person, accountName: 'Bench' });
  await database.unthrottle();
  const { accessToken } = await post('/sessions', person);
  const authorization = `Bearer ${accessToken}`;
  const { secret } = await post('/api-keys', { name: 'Bench', scopes }, { authorization });
  if (secret === undefined) throw new Error('The API did not create a key.');
  return secret;
}
