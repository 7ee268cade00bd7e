import type { RequestListener, Server } from 'node:http';
import type { Chromium } from './chromium.ts';
import { samplesOf } from './samples.ts';

/** Answers every request with a page that has the functions of `docs/browsers.md`. */
export const servePage: RequestListener = (_request, response) => {
  response.setHeader('content-type', 'text/html');
  response.end(`<!doctype html><title>A page</title><script>${samplesOf('browser')}</script>`);
};

/** Listens on a free port of this machine; answers the origin. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Runs a program in a page of an origin, with cookies of its own; answers what it answers, or the message that it throws. */
export async function inPage({ browser }: Chromium, origin: string, program: string): Promise<unknown> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(origin);
    return await page.evaluate(`(async () => { ${program} })().catch((fault) => fault.message)`);
  } finally {
    await context.close();
  }
}
