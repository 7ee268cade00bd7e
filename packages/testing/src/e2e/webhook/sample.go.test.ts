import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { examples, testSample } from './sample.fixture.ts';

// Go compiles the files of one folder.
const folder = mkdtempSync(join(tmpdir(), 'tenantry-go-'));
for (const file of ['verify.go', 'test/check.go'])
  cpSync(join(examples, file), join(folder, file.replace('test/', '')));
const { status, stderr } = spawnSync('go', ['build', '-o', 'check', 'verify.go', 'check.go'], {
  cwd: folder,
  encoding: 'utf8',
});
if (status !== 0) throw new Error(`The sample does not compile: ${stderr}`);
afterAll(() => rmSync(folder, { recursive: true }));

testSample('Go', [join(folder, 'check')]);
