import { t } from '../texts.js';

/** What can happen later with a conversation. */
export const choices = ['pend', 'snooze', 'promise'] as const;
export type Choice = (typeof choices)[number];

export type Later =
  | { choice: 'pend' }
  | { choice: 'snooze'; at: string }
  | { choice: 'promise'; at: string; ownerId: string; text: string };

export const hintOf = (choice: Choice): string => t(`console.later.${choice}_hint`);
