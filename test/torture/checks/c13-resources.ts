import type { Resources } from './final-state.js';
import type { Check } from './finding.js';

/** More than this is not noise: the database's pools grow with the load and keep what they have. */
const mayGrowBy = { sockets: 60, fileDescriptors: 75, cursors: 10 } as const;
const rssMayGrow = { by: 150, times: 2 };

/** Resources: once all is over, a process holds on to what it held before. */
export const c13Resources: Check = (_history, { resources: { before, after } }) =>
  after.flatMap((now) => {
    const then = before.find(({ node }) => node === now.node);
    if (!then) return [];
    return grown(then, now).map((what) => ({
      check: 'C13',
      what: `a process does not give back its ${what}`,
      evidence: { then, now },
    }));
  });

function grown(then: Resources, now: Resources): string[] {
  const names = ['sockets', 'fileDescriptors', 'cursors'] as const;
  const many = names.filter((name) => now[name] > then[name] + mayGrowBy[name]);
  const fat = now.rssMb > Math.max(then.rssMb + rssMayGrow.by, then.rssMb * rssMayGrow.times);
  return [...many, ...(fat ? ['memory'] : [])];
}
