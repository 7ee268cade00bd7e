import { examineDatabase, examineRole } from '@tenantry/db/doctor';

/** Everything that would make it unsafe to serve from these databases in these roles, as sentences, each once. */
export async function examine(urls: readonly string[]): Promise<string[]> {
  const found = await Promise.all(urls.flatMap((url) => [examineDatabase(url), examineRole(url)]));
  return [...new Set(found.flat())];
}
