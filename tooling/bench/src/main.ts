import { benchApply } from './apply.ts';
import { benchConsole } from './console.ts';
import { benchCredits } from './credits.ts';
import { benchGate } from './gate.ts';
import { benchGrowth } from './growth.ts';
import { benchStart } from './start.ts';
import { benchOutbox } from './outbox.ts';
import { benchParts } from './parts.ts';
import { benchRefused } from './refused.ts';
import { benchStatements } from './statements.ts';
import { benchVerify } from './verify.ts';

const benches: Readonly<Record<string, (words: readonly string[]) => Promise<void>>> = {
  apply: benchApply,
  console: benchConsole,
  credits: benchCredits,
  gate: benchGate,
  growth: benchGrowth,
  start: benchStart,
  outbox: benchOutbox,
  parts: benchParts,
  refused: benchRefused,
  statements: benchStatements,
  verify: benchVerify,
};
const name = process.argv[2] ?? '';
const bench = benches[name];
if (bench === undefined) {
  console.error(`Usage: npm run bench <${Object.keys(benches).join(' | ')}>`);
  process.exit(1);
}
await bench(process.argv.slice(3));
