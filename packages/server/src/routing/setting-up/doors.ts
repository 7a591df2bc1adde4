import type { Announcer } from '../../platform/announcer.js';
import type { Row } from '../../platform/doors.js';
import type { SettingUpParts } from './parts.js';
import { settingDoors } from './setting-doors.js';
import { staffingDoors } from './staffing-doors.js';

/** What administrators set up: departments, people, and how what waits is given out. */
export const settingUpDoors = (parts: SettingUpParts, announcer: Announcer): Row[] => [
  ...settingDoors(parts),
  ...staffingDoors(parts, announcer),
];
