import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const program = join(import.meta.dirname, '../../log.fixture.ts');

it('a process with log lines to write ends although no process reads them any more', async () => {
  const child = fork(program, [], { execArgv: [], stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  const ended = once(child, 'exit');
  try {
    await once(child, 'message');
    child.stdout?.destroy();
    child.disconnect();
    const hanging = new Promise((resolve) => setTimeout(resolve, 10_000, 'hangs').unref());
    expect(await Promise.race([ended, hanging])).not.toBe('hangs');
  } finally {
    child.kill('SIGKILL');
  }
}, 30_000);
