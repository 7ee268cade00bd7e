import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestHouse } from './house.ts';

/** The token of the newest letter to an address whose link leads to a page. Throws when there is none. */
export async function mailedToken(house: TestHouse, address: string, page: string): Promise<string> {
  await house.house.later.settle();
  const folder = join(house.filesFolder, 'mail');
  const names = (await readdir(folder)).toSorted().toReversed();
  for (const name of names) {
    const letter = await readFile(join(folder, name), 'utf8');
    const token = new RegExp(`https://portal\\.test/${page}#token=([\\w-]{43})`).exec(letter)?.[1];
    if (letter.includes(`To: ${address}\n`) && token !== undefined) return token;
  }
  throw new Error(`no letter to ${address} leads to ${page}`);
}
