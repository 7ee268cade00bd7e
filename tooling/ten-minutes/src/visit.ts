import { type ChildProcess, spawn } from 'node:child_process';
import { type Server, createServer } from 'node:http';
import { join } from 'node:path';
import { listen, servePage } from '@tenantry/browser/page';
import { type RunningStack, freePort, runStack, untilReady } from '@tenantry/setup/run-stack';
import { type Place, makePlace, shellEnvironment } from './place.ts';

/** What a new user has so far. A value is empty until a step has made it. */
export interface Visit {
  readonly place: Place;
  readonly apiUrl: string;
  readonly productPort: number;
  /** The origin of a page of the product. */
  readonly pageOrigin: string;
  serviceKey: string;
  customerKey: string;
  /** Starts the demo and waits until it prints how to use it. Answers what it prints. */
  startDemo(): Promise<string>;
  /** Starts the server of the product with a command of the page, and waits until it listens. */
  startProduct(command: string): Promise<void>;
  /** Ends what was started, and removes the folders. */
  end(): Promise<void>;
}

export async function openVisit(): Promise<Visit> {
  const place = await makePlace();
  const pages = createServer(servePage);
  const pageOrigin = await listen(pages);
  const [api, admin, productPort] = [await freePort(), await freePort(), await freePort()];
  const started: { stack?: RunningStack; product?: ChildProcess } = {};
  return {
    place,
    apiUrl: `http://127.0.0.1:${api}`,
    productPort,
    pageOrigin,
    serviceKey: '',
    customerKey: '',
    startDemo: async () => {
      started.stack = runStack({
        TENANTRY_DATA_FOLDER: place.data,
        API_PORT: String(api),
        ADMIN_PORT: String(admin),
        ALLOWED_ORIGINS: pageOrigin,
        AI_BASE_URL: '',
      });
      await untilReady(started.stack);
      return started.stack.text();
    },
    startProduct: async (command) => {
      started.product = spawn('sh', ['-ec', command], {
        cwd: place.product,
        env: shellEnvironment(),
        stdio: ['ignore', 'ignore', 'inherit'],
        // The shell and the program that it starts are one group, which ends together.
        detached: true,
      });
      await untilAnswers(`http://127.0.0.1:${productPort}/`, started.product);
    },
    end: async () => {
      await endAll(started, pages);
      await place.remove();
    },
  };
}

async function endAll(
  { stack, product }: { stack?: RunningStack; product?: ChildProcess },
  pages: Server,
): Promise<void> {
  if (product?.pid !== undefined && product.exitCode === null) process.kill(-product.pid, 'SIGTERM');
  stack?.process.kill('SIGINT');
  await stack?.ended;
  pages.closeAllConnections();
  pages.close();
}

/** Waits until a server answers, whatever it answers. Throws when its process ends first, or after 20 seconds. */
async function untilAnswers(url: string, child: ChildProcess): Promise<void> {
  const endsAt = performance.now() + 20_000;
  while (child.exitCode === null && performance.now() < endsAt) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((over) => setTimeout(over, 50));
  }
  throw new Error(`The server of the product does not answer at ${url}.`);
}

/** The settings file that the demo says. */
export const settingsOf = ({ place }: Visit): string => join(place.data, 'settings.env');
