import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';

/** Writes each script and style a second time, compressed, for browsers that take it so. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  // Once everything is written, since other plugins change the scripts until then.
  writeBundle({ dir = '' }) {
    for (const name of globSync('assets/*.{js,css}', { cwd: dir }))
      writeFileSync(join(dir, `${name}.gz`), gzipSync(readFileSync(join(dir, name))));
  },
};

export default defineConfig({
  plugins: [react(), compressed],
  build: { target: 'es2023', sourcemap: false, chunkSizeWarningLimit: 900, reportCompressedSize: false },
});
