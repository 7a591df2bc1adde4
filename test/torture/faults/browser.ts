import { setTimeout as sleep } from 'node:timers/promises';
import { consoleJoins, widgetJoins } from '../browser/pages-join.js';
import type { WidgetVisitor } from '../browser/widget-visitor.js';
import type { Direction } from '../proxy/tcp-proxy.js';
import type { Fault, Scene } from './fault.js';
import { HttpVisitor } from './means/http-visitor.js';

const tabKilled: Fault = {
  id: 'F36',
  title: 'the tab is killed between sending and the acknowledgement, then opened again',
  meets: ['browser'],
  seconds: { short: 0, long: 0 },
  async inject(scene) {
    const visitor = await widgetJoins(scene, 'killed');
    await killWhileSending(scene, visitor, 'down');
    await killWhileSending(scene, visitor, 'up');
    return async () => {};
  },
};

/** Either the message did not get away, or it did and the answer did not come back. */
async function killWhileSending(scene: Scene, visitor: WidgetVisitor, lost: Direction): Promise<void> {
  visitor.way.drop(lost);
  const key = await visitor.say();
  await visitor.sees(key, 'pending');
  const browser = await visitor.killTab();
  visitor.way.cut();
  visitor.way.heal();
  await visitor.openPage(await browser.newPage());
  if (!(await visitor.sees(key, 'sent'))) scene.report('a message died with its tab', { key, lost });
}

const twoTabs: Fault = {
  id: 'F37',
  title: 'two tabs of one visitor, both writing, one of them killed and opened again',
  long: true,
  meets: ['browser'],
  async inject(scene) {
    const first = await widgetJoins(scene, 'tab-one', { everyMs: 500 });
    const second = await widgetJoins(scene, 'tab-two', { everyMs: 500, tabOf: first });
    await consoleJoins(scene, first);
    const browser = await second.killTab();
    await second.openPage(await browser.newPage());
    return async () => {
      const key = await first.say();
      if (!(await second.sees(key, 'sent'))) scene.report('a tab does not show what the other one sent', key);
    };
  },
};

const twoHoursMs = 2 * 60 * 60 * 1000;

const asleep: Fault = {
  id: 'F38',
  title: 'the page is frozen, and wakes up two hours later',
  meets: ['browser'],
  seconds: { short: 4, long: 15 },
  async inject(scene) {
    const visitor = await widgetJoins(scene, 'sleeper');
    const { page } = visitor;
    const token = await page.evaluate(() => localStorage.getItem('helpline:web_tulip_garden'));
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    const elsewhere = new HttpVisitor(scene.cluster.clientUrl(1), token ?? '', visitor.notes.conv ?? '');
    await elsewhere.say(20, 'Written while the laptop slept.');
    return async () => {
      await page.evaluate((ms) => {
        const { now } = Date;
        Date.now = () => now() + ms;
      }, twoHoursMs);
      await devtools.send('Page.setWebLifecycleState', { state: 'active' });
      const key = await visitor.say();
      if (!(await visitor.sees(key, 'sent'))) scene.report('a page did not go on after its sleep', key);
      await sleep(500); // the page is read every so often
      const slept = visitor.notes.shown.filter(({ text }) => text.includes('laptop slept')).length;
      if (slept !== 20) scene.report('a page that slept does not show what came meanwhile', { slept });
    };
  },
};

const noStorage: Fault = {
  id: 'F39',
  title: 'the browser denies its storage to one visitor, and has no room for another',
  meets: ['browser'],
  async inject(scene) {
    const denied = await widgetJoins(scene, 'denied', { prepare: (context) => context.addInitScript(denyStorage) });
    const full = await widgetJoins(scene, 'full', { prepare: (context) => context.addInitScript(fillStorage) });
    return async () => {
      for (const visitor of [denied, full]) {
        const key = await visitor.say();
        if (!(await visitor.sees(key, 'sent'))) scene.report('a widget does not send without storage', key);
      }
    };
  },
};

/** Runs in the page, as the next one. */
function denyStorage(): void {
  Object.defineProperty(window, 'localStorage', {
    get: () => {
      throw new DOMException('Denied', 'SecurityError');
    },
  });
}

function fillStorage(): void {
  for (let size = 2 ** 22; size >= 1; size /= 2) {
    try {
      for (let n = 0; ; n++) localStorage.setItem(`full-${size}-${n}`, 'x'.repeat(size));
    } catch {
      // no room for one more of this size
    }
  }
}

export const browserFaults: readonly Fault[] = [tabKilled, twoTabs, asleep, noStorage];
