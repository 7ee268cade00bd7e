import { playTenMinutes } from './steps.ts';
import { rowOf, totalRow } from './table.ts';

console.log('\nREADME.md, "Your own product in ten minutes", as it stands on the page:\n');
let number = 0;
const played = await playTenMinutes((step) => console.log(rowOf(step, (number += 1))));
console.log(`\n${totalRow(played)}\n`);
if (played.some(({ isRight }) => !isRight)) process.exitCode = 1;
