import type { z } from 'zod';
import { conversationDoors } from './doors/conversation.js';
import { dryRunDoors } from './doors/dry-run.js';
import { explainDoors } from './doors/explain.js';
import { fileDoors } from './doors/file.js';
import { followUpDoors } from './doors/follow-up.js';
import { mailboxDoors } from './doors/mailbox.js';
import { moveDoors } from './doors/move.js';
import { offerDoors } from './doors/offer.js';
import { peopleDoors } from './doors/people.js';
import { presenceDoors } from './doors/presence.js';
import { settingUpDoors } from './doors/setting-up.js';
import { staffDoors } from './doors/staff.js';
import { visitorDoors } from './doors/visitor.js';
import { attachment } from './entries.js';

export type { DryRunResult, DryRunSide } from './doors/dry-run.js';
export type { Explanation, NextStep } from './doors/explain.js';
export type { ListedFollowUp } from './doors/follow-up.js';
export type { MailboxSettings, MailboxSignIn, MailServerSettings, NewSendingSettings } from './doors/mailbox.js';
export type { MoveTo } from './doors/move.js';
export type { SetRouting } from './doors/setting-up.js';

/** Everything that can be asked of the server, once: for HTTP, for sockets, for the SDK's types. */
export const doors = {
  ...visitorDoors,
  ...staffDoors,
  ...presenceDoors,
  ...peopleDoors,
  ...settingUpDoors,
  ...conversationDoors,
  ...moveDoors,
  ...explainDoors,
  ...dryRunDoors,
  ...offerDoors,
  ...followUpDoors,
  ...mailboxDoors,
  ...fileDoors,
} as const;

/** What PUT answers with, once a file is whole. */
export const uploadedFile = attachment.omit({ inline: true });
export type UploadedFile = z.infer<typeof uploadedFile>;

export type Doors = typeof doors;
export type DoorName = keyof Doors;
export type Input<D extends DoorName> = z.input<Doors[D]['input']>;
export type Parsed<D extends DoorName> = z.output<Doors[D]['input']>;
export type Output<D extends DoorName> = z.output<Doors[D]['output']>;
