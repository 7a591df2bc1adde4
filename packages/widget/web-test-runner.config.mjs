import { chromeLauncher } from '@web/test-runner-chrome';
import { chromium } from '../../tools/chromium.mjs';

export default {
  files: 'dist/**/*.test.js',
  nodeResolve: { browser: true, exportConditions: ['production'] },
  testFramework: { config: { timeout: 10_000 } },
  browsers: [chromeLauncher({ launchOptions: chromium })],
};
