import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestApp } from './app.ts';

/** The token of the newest e-mail to an address whose link leads to a page. Throws when there is none. */
export async function mailedToken(app: TestApp, address: string, page: string): Promise<string> {
  await app.api.background.settle();
  const folder = join(app.filesFolder, 'mail');
  const names = (await readdir(folder)).toSorted().toReversed();
  for (const name of names) {
    const email = await readFile(join(folder, name), 'utf8');
    const token = new RegExp(`https://portal\\.test/${page}#token=([\\w-]{43})`).exec(email)?.[1];
    if (email.includes(`To: ${address}\n`) && token !== undefined) return token;
  }
  throw new Error(`no e-mail to ${address} leads to ${page}`);
}
