import type { ConsoleText } from '@helpline/protocol/texts/console.js';

/** What single keys do. They rest while one writes, with a modifier, and when the agent has switched them off. */
export const keys = {
  j: 'next',
  k: 'previous',
  Enter: 'open',
  r: 'reply',
  n: 'note',
  i: 'take',
  a: 'assign',
  e: 'resolve',
  s: 'later',
  t: 'triage',
  w: 'why',
  x: 'select',
  d: 'details',
  c: 'compose',
  f: 'forward',
  z: 'undo',
  u: 'back',
  '?': 'help',
} as const;

const actions = new Map<string, KeyAction>(Object.entries(keys));

export type KeyAction = (typeof keys)[keyof typeof keys];
export const nameOfAction = (action: KeyAction): ConsoleText => `console.keys.${action}`;

const setting = 'helpline.single-keys';

export const areKeysOn = (): boolean => localStorage.getItem(setting) !== 'off';
export const setKeysOn = (on: boolean): void => localStorage.setItem(setting, on ? 'on' : 'off');

/** What a key pressed on the page asks for, if anything. Enter is left to whatever has the focus. */
export function actionOf(event: KeyboardEvent): KeyAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key === 'Enter') return null;
  if (!areKeysOn() || isForWriting(event.composedPath()[0]) || isInDialog(event)) return null;
  return actions.get(event.key) ?? null;
}

const isForWriting = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

const isInDialog = (event: KeyboardEvent): boolean =>
  event.composedPath().some((one) => one instanceof HTMLDialogElement && one.open);
