import { benchCredits } from './credits.ts';
import { benchGate } from './gate.ts';
import { benchStart } from './start.ts';

const benches: Readonly<Record<string, () => Promise<void>>> = {
  credits: benchCredits,
  gate: benchGate,
  start: benchStart,
};
const name = process.argv[2] ?? '';
const bench = benches[name];
if (bench === undefined) {
  console.error(`npm run bench <${Object.keys(benches).join(' | ')}>`);
  process.exit(1);
}
await bench();
