import { storedCatalogue } from '@tenantry/db/catalogue/apply';
import { examineDatabase, examineRole } from '@tenantry/db/doctor';
import { gapsOfCatalogue } from '@tenantry/domain/catalogue/gaps';

/** Everything that would make it unsafe to serve from these databases in these roles, as sentences, each once. */
export async function examine(urls: readonly string[]): Promise<string[]> {
  const found = await Promise.all(urls.flatMap((url) => [examineDatabase(url), examineRole(url)]));
  return [...new Set(found.flat())];
}

/** What the catalogue of a database makes impossible, as sentences. It is safe to serve from such a database. */
export async function examineCatalogue(url: string): Promise<string[]> {
  return gapsOfCatalogue(await storedCatalogue(url));
}
