import type { Fault } from './fault.js';

/** For bugs that show without any fault, and to see that nothing is found where nothing is wrong. */
export const nothing: Fault = {
  id: 'F00',
  title: 'nothing breaks',
  meets: [],
  seconds: { short: 8, long: 30 },
  async inject() {
    return async () => {};
  },
};
