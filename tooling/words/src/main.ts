import { findRetiredWords } from './find.ts';

/** Fewer files than this mean that the check looked in the wrong place. */
const filesMin = 400;

const { files, found } = findRetiredWords();
for (const { path, line, word, use } of found) console.error(`${path}:${line} ${word} (use: ${use})`);
const places = new Set(found.map(({ path }) => path)).size;
console.log(`words: ${found.length} retired words in ${places} of ${files} files`);
if (files < filesMin) console.error(`words: only ${files} files were read, fewer than ${filesMin}`);
process.exit(found.length === 0 && files >= filesMin ? 0 : 1);
