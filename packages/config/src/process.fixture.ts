import { runProcess } from './process.ts';

/** Tells the parent, if it is still there. */
const tell = (word: string) => process.send?.(word, undefined, {}, () => undefined);

/** A process that takes so many milliseconds to start, and then runs until it is told to end. */
const [milliseconds = '0'] = process.argv.slice(2);
await runProcess('fixture', async () => {
  const alive = setInterval(() => undefined, 1000);
  tell('starting');
  await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)));
  return async () => clearInterval(alive);
});
