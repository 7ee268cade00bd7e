import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, 'process.fixture.ts');

function start(milliseconds: number) {
  const child = fork(program, [String(milliseconds)], { execArgv: [] });
  return { child, ended: once(child, 'exit') };
}

describe('a process whose parent is gone', () => {
  it('ends in order when it runs', async () => {
    const { child, ended } = start(0);
    for (let word: unknown; word !== 'ready'; ) [word] = await once(child, 'message');
    child.disconnect();
    expect(await ended).toEqual([0, null]);
  });

  it('ends when it has only begun to start', async () => {
    const { child, ended } = start(600_000);
    await once(child, 'message');
    child.disconnect();
    expect(await ended).toEqual([1, null]);
  });

  it('ends when it was never heard of', async () => {
    const { child, ended } = start(600_000);
    await once(child, 'spawn');
    child.disconnect();
    expect(await ended).toEqual([1, null]);
  });

  it('ends in order on SIGTERM', async () => {
    const { child, ended } = start(0);
    for (let word: unknown; word !== 'ready'; ) [word] = await once(child, 'message');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
