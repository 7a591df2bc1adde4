import { may } from '@helpline/protocol';
import type { State } from '../state.js';

/** Whether one may see how the workspace is set up… */
export const readsSetup = ({ me }: State): boolean => me !== null && may(me.role, 'routing.read');
/** …and can ask for it now… */
export const reachesSetup = (state: State): boolean => readsSetup(state) && state.connection === 'connected';
/** …and may change who works here… */
export const managesStaff = ({ me }: State): boolean => me !== null && may(me.role, 'staff.manage');
/** …and how what waits is given out. */
export const managesRouting = ({ me }: State): boolean => me !== null && may(me.role, 'routing.manage');
