import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { EmailOptions } from '../index.js';
import { EmailDesk, Ground } from './email-desk.js';
import { MailUsers } from './mail-users.js';
import { RoughSmtp } from './rough-smtp.js';

interface Laid {
  ground: Ground;
  desk: EmailDesk;
}

/** New ground for every test of a file with a desk on it, beside real people and their mailboxes. `use` is told of them. */
export function layBesidePeople(
  name: string,
  use: (laid: Laid & { users: MailUsers }) => unknown,
  options: Partial<EmailOptions> = {},
): void {
  let users: MailUsers;
  beforeAll(async () => {
    users = await MailUsers.start();
  }, 300_000);
  afterAll(() => users?.stop());
  layForEach(
    name,
    options,
    () => users.empty(),
    (laid) => use({ ...laid, users }),
  );
}

/** The same with a mailbox that sends through a server which does as it is told. */
export function layBesideServer(
  name: string,
  use: (laid: Laid & { smtp: RoughSmtp }) => unknown,
  options: Partial<EmailOptions> = {},
): void {
  let smtp: RoughSmtp;
  beforeAll(async () => {
    smtp = await RoughSmtp.start();
  });
  afterAll(() => smtp?.stop());
  layForEach(
    name,
    options,
    (ground) => {
      smtp.forget();
      return ground.addMailbox(smtp.port);
    },
    (laid) => use({ ...laid, smtp }),
  );
}

function layForEach(
  name: string,
  options: Partial<EmailOptions>,
  prepare: (ground: Ground) => Promise<unknown>,
  use: (laid: Laid) => unknown,
): void {
  let ground: Ground;
  beforeEach(async () => {
    ground = await Ground.lay(name);
    await prepare(ground);
    await use({ ground, desk: await new EmailDesk(ground, options).start() });
  });
  afterEach(() => ground?.close());
}
