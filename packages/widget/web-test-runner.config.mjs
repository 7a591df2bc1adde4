import { chromeLauncher } from '@web/test-runner-chrome';

export default {
  files: 'dist/**/*.test.js',
  nodeResolve: { browser: true, exportConditions: ['production'] },
  testFramework: { config: { timeout: 10_000 } },
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.HELPLINE_CHROMIUM ?? '/usr/bin/chromium',
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      },
    }),
  ],
};
