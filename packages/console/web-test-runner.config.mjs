import { chromeLauncher } from '@web/test-runner-chrome';

export default {
  files: ['dist/**/*.test.js'],
  nodeResolve: { browser: true },
  rootDir: '../..',
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
  testRunnerHtml: (testFramework) => `
    <!doctype html>
    <html lang="en">
      <head>
        <title>Helpline</title>
        <link rel="stylesheet" href="/packages/console/console.css" />
      </head>
      <body><script type="module" src="${testFramework}"></script></body>
    </html>`,
};
