import { ensureInstalled, run } from './ensure.mjs';

// Runs a program of the tooling with its words. `npm start` installs what a demo needs and no more, so the packages that
// the tooling needs are installed first.
const [program, ...words] = process.argv.slice(2);
ensureInstalled();
process.exit(run('node', program, ...words) ? 0 : 1);
