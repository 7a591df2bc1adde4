/** How tests start Debian's Chromium: without a sandbox (as root), and asking nothing of hosts that do not answer. */
export const chromium = {
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
};
