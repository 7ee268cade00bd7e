import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const clone = resolve(import.meta.dirname, '../../..');
const idleSeconds = 10;

/** Runs `npm start` in a folder until it prints that it is ready. Answers the process and the seconds. */
async function start(folder: string): Promise<{ app: ChildProcess; seconds: number }> {
  const began = performance.now();
  const env = { ...process.env, API_PORT: '4810', ADMIN_PORT: '4811', AI_BASE_URL: '' };
  const app = spawn('npm', ['start'], {
    cwd: folder,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  await new Promise<void>((done, fail) => {
    app.once('exit', () => fail(new Error(`npm start ended before it was ready: ${text}`)));
    app.stdout.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('Ctrl-C')) done();
    });
  });
  return { app, seconds: (performance.now() - began) / 1000 };
}

async function stop(app: ChildProcess): Promise<void> {
  const ended = once(app, 'exit');
  if (app.pid !== undefined) process.kill(-app.pid, 'SIGINT');
  await ended;
}

/** Proportional memory of the processes that run from a folder, in MiB, by name of the process. */
function memoryOf(folder: string): Map<string, number> {
  const memory = new Map<string, number>();
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  for (const line of lines) {
    const [id, ...words] = line.trim().split(/\s+/);
    const command = words.join(' ');
    if (id === undefined || id === '') continue;
    const name =
      command.startsWith('postgres:') || command.includes('/postgres ')
        ? 'postgres'
        : /\/(api|admin|worker|provider)\/.*main\.ts/.exec(command)?.[1];
    if (name === undefined || !isOf(folder, id, command)) continue;
    memory.set(name, (memory.get(name) ?? 0) + proportionalMebibytes(id));
  }
  return memory;
}

function isOf(folder: string, id: string, command: string): boolean {
  if (command.includes(folder)) return true;
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8').includes(folder);
  } catch {
    return false;
  }
}

/** The memory of a process in MiB. The kernel divides shared pages among the processes that share them. */
function proportionalMebibytes(id: string): number {
  const text = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
}

/** Measures the first and the second start of a fresh clone, and its idle memory. */
export async function benchStart(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-clone-'));
  await chmod(folder, 0o711);
  try {
    execFileSync('git', ['clone', '--quiet', clone, folder]);
    const first = await start(folder);
    await stop(first.app);
    const second = await start(folder);
    await new Promise((done) => setTimeout(done, idleSeconds * 1000));
    const memory = memoryOf(folder);
    await stop(second.app);
    const total = [...memory.values()].reduce((sum, one) => sum + one, 0);
    console.log(
      `\nfirst start ${first.seconds.toFixed(1)} s, second start ${second.seconds.toFixed(1)} s (goal ≤ 5)`,
    );
    const parts = [...memory].map(([name, mebibytes]) => `${name} ${mebibytes.toFixed(0)}`).join(', ');
    console.log(`idle memory after ${idleSeconds} s: ${total.toFixed(0)} MiB (${parts})`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
