import { chromeLauncher } from '@web/test-runner-chrome';
import { chromium } from '../../tools/chromium.mjs';

/** The server has these beside the page. */
function pageFiles(context, next) {
  if (context.path === '/icon.svg') context.url = '/packages/console/icon.svg';
  return next();
}

/** A page that other test files' pages cover draws nothing, and so sees nothing grow or come into sight. */
const bringToFront = {
  name: 'bring-to-front',
  async executeCommand({ command, session }) {
    if (command !== 'bring-to-front') return undefined;
    await session.browser.getPage(session.id).bringToFront();
    return true;
  },
};

export default {
  files: ['dist/**/*.test.js'],
  nodeResolve: { browser: true, exportConditions: ['production'] },
  testFramework: { config: { timeout: 30_000 } },
  rootDir: '../..',
  browsers: [chromeLauncher({ launchOptions: chromium })],
  middleware: [pageFiles],
  plugins: [bringToFront],
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
