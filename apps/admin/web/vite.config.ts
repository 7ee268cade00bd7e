import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';

/** Writes each script and style a second time, compressed, for browsers that take it so. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  generateBundle(_options, bundle) {
    for (const [fileName, file] of Object.entries(bundle)) {
      if (!/\.(?:js|css)$/.test(fileName)) continue;
      const source = file.type === 'chunk' ? file.code : file.source;
      this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source) });
    }
  },
};

export default defineConfig({
  plugins: [react(), compressed],
  build: { target: 'es2023', sourcemap: false, chunkSizeWarningLimit: 700, reportCompressedSize: false },
});
