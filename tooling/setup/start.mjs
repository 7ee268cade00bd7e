import { spawn } from 'node:child_process';
import { ensureInstalled, environment, root } from './ensure.mjs';

ensureInstalled('start');
const app = spawn('node', ['tooling/setup/src/local-stack.ts'], {
  cwd: root,
  env: environment,
  stdio: 'inherit',
});
// A terminal sends SIGINT to the whole process group. The app then gets the signal twice and ignores the second one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.kill(signal));
app.on('exit', (code, signal) => process.exit(signal === null ? code : 1));
