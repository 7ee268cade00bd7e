import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, '../machine.mjs');

/** What the set-up says on a machine; the module is JavaScript, because an old Node must be able to run it. */
function reasonOn(machine: {
  platform?: string;
  arch?: string;
  version?: string;
  isGlibc?: boolean;
}): string {
  const whole = { platform: 'linux', arch: 'x64', version: 'v24.21.0', isGlibc: true, ...machine };
  const script = `import { whyUnsupported } from ${JSON.stringify(program)};
    process.stdout.write(String(whyUnsupported(${JSON.stringify(whole)})));`;
  return String(execFileSync(process.execPath, ['--input-type=module', '-e', script]));
}

describe('the set-up', () => {
  it.each([
    { platform: 'linux', arch: 'x64', version: 'v20.0.0' },
    { platform: 'linux', arch: 'arm64', version: 'v22.1.0' },
    { platform: 'darwin', arch: 'arm64', version: 'v24.0.0', isGlibc: false },
    { platform: 'darwin', arch: 'x64', version: 'v26.10.0', isGlibc: false },
  ])('runs on %o', (machine) => {
    expect(reasonOn(machine)).toBe('undefined');
  });

  it.each([
    [{ platform: 'win32' }, /WSL 2/],
    [{ platform: 'freebsd' }, /this is freebsd/],
    [{ arch: 'ia32' }, /built for ia32/],
    [{ isGlibc: false }, /glibc/],
    [{ version: 'v18.20.0' }, /needs Node 20 or newer, but this is Node v18\.20\.0/],
    [{ platform: 'darwin', version: 'v22.1.0', isGlibc: false }, /needs Node 24 .*brew install node@24/],
  ])('says in one line why it does not run on %o', (machine, why) => {
    expect(reasonOn(machine)).toMatch(why);
    expect(reasonOn(machine)).not.toContain('\n');
  });
});
