import { copyFile } from 'node:fs/promises';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

const pageFiles = ['index.html', 'console.css', 'icon.svg'];

const copyPage = {
  name: 'copy-page',
  writeBundle: ({ file }) =>
    Promise.all(pageFiles.map((name) => copyFile(name, new URL(name, `file://${process.cwd()}/${file}`)))),
};

/** The console as one folder of files, whatever the server's policy allows and nothing else. */
export default {
  input: 'dist/main.js',
  output: { file: 'bundle/console.js', format: 'es', sourcemap: true },
  plugins: [resolve({ browser: true, exportConditions: ['production'] }), terser(), copyPage],
};
