import { settings } from './settings.ts';

const plainValue = /^[\w./:@%?&=+,-]*$/;

/** A value as an environment file holds it. Throws for one that such a file cannot hold. */
function quoted(value: string): string {
  if (plainValue.test(value)) return value;
  const mark = ["'", '"', '`'].find((one) => !value.includes(one));
  if (mark === undefined || value.includes('\n'))
    throw new Error(`an environment file cannot hold the value ${JSON.stringify(value)}`);
  return `${mark}${value}${mark}`;
}

/** An environment file with every setting and its meaning. A setting without a value here is commented out if it has a default. */
export function environmentFile(title: string, values: Readonly<Record<string, string>> = {}): string {
  const lines = settings.map(({ name, meaning, fallback }) => {
    const value = values[name];
    const isCommentedOut = value === undefined && fallback !== undefined;
    return `# ${meaning}\n${isCommentedOut ? '# ' : ''}${name}=${value === undefined ? (fallback ?? '') : quoted(value)}\n`;
  });
  return `# ${title}\n\n${lines.join('\n')}`;
}
