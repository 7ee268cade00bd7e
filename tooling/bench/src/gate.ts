import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { compare } from './load.ts';

interface Opened {
  house: string;
  alone: string;
  key: string;
}

/** What the gate costs: one query bare and behind it, over both transports, on one Fastify in one process. */
export async function benchGate(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-bench-'));
  await chmod(folder, 0o711);
  const program = join(import.meta.dirname, 'gate-server.ts');
  const server = fork(program, [folder], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const [line] = await once(createInterface({ input: server.stdout ?? new PassThrough() }), 'line');
  const { house, alone, key }: Opened = JSON.parse(String(line));
  const headers = { authorization: `Bearer ${key}` };
  const trpcInput = `?input=${encodeURIComponent(JSON.stringify({ limit: 5 }))}`;
  try {
    const targets = [
      { name: 'Fastify alone', url: `${alone}/alone` },
      { name: 'bare tRPC', url: `${house}/trpc/bare.list${trpcInput}`, headers },
      { name: 'gated tRPC', url: `${house}/trpc/gated.list${trpcInput}`, headers },
      { name: 'bare REST', url: `${house}/v1/bare?limit=5`, headers },
      { name: 'gated REST', url: `${house}/v1/gated?limit=5`, headers },
    ];
    const results = await compare(targets, 'bare tRPC');
    console.log('\n| what | requests/s | p99 ms | ÷ bare tRPC |\n|---|---:|---:|---:|');
    for (const [name, { requestsPerSecond, p99Milliseconds, ratio }] of results)
      console.log(`| ${name} | ${requestsPerSecond.toFixed(0)} | ${p99Milliseconds} | ${ratio.toFixed(2)} |`);
    console.log('\nGoals: gated tRPC ≥ 0.80, REST ≥ 1.30.');
  } finally {
    const ended = once(server, 'exit');
    server.disconnect();
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}
