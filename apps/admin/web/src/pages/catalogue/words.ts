import { formatWords } from '@tenantry/ui/format/words';

const names: Readonly<Record<string, string>> = {
  sectorsPerSite: 'Sectors per site',
  apiKeys: 'API keys',
  ai_function: 'AI function',
};

/** Writes the name of a limit or of a kind of call for people. */
export const writeName = (name: string): string => names[name] ?? formatWords(name);
