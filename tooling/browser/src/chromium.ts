import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

export interface Chromium {
  readonly browser: Browser;
  /** Ends the browser and removes what was unpacked for it. */
  close(): Promise<void>;
}

const unpack = "console.log(await (await import('@sparticuz/chromium')).default.executablePath())";

/**
 * Starts a real Chromium without a window. The browser comes out of the package `@sparticuz/chromium`, which has it for
 * Linux on x64; elsewhere, `CHROMIUM_PATH` names one that is installed. Throws where there is neither.
 */
export async function openChromium(env: NodeJS.ProcessEnv): Promise<Chromium> {
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-chromium-'));
  const executablePath = env['CHROMIUM_PATH'] ?? (await unpackInto(folder));
  const browser = await chromium.launch({
    executablePath,
    // Of the package's own flags none is used: they turn off what the tests are about, the checks of origins.
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
    env: { ...env, LD_LIBRARY_PATH: join(folder, 'al2023/lib'), HOME: folder },
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function unpackInto(folder: string): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      `No package has a Chromium for ${process.platform} on ${process.arch}: install one, and name it in CHROMIUM_PATH.`,
    );
  // The package unpacks its libraries only where it takes the machine for one that has none.
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' };
  const options = { cwd: import.meta.dirname, env };
  const words = ['--input-type=module', '--eval', unpack];
  const { stdout } = await promisify(execFile)(process.execPath, words, options);
  return stdout.trim();
}
