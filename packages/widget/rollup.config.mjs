import { gzipSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

const printSize = {
  name: 'print-size',
  generateBundle(_options, bundle) {
    for (const { fileName, code } of Object.values(bundle)) {
      if (code) console.log(`${fileName}: ${(gzipSync(code).length / 1000).toFixed(1)} kB gzipped`);
    }
  },
};

/** What `/widget/v1.js` serves: everything in one module. */
export default {
  input: 'dist/index.js',
  output: { file: 'bundle/v1.js', format: 'es' },
  plugins: [nodeResolve({ browser: true }), terser({ module: true }), printSize],
};
