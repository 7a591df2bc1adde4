#!/usr/bin/env node
import { sentenceOf } from './sentence.js';

const usage = `helpline COMMAND [OPTION…]
  serve     run a node of the server on your own MongoDB
  doctor    check MongoDB, Redis, the mailboxes and the clock
  repair    compute again, from the journal, everything that is computed from it
  setup     add the first workspace, inboxes and people
  helpline COMMAND --help tells more.`;

/** Each is a file that is read only when it is called. */
const commands: Record<string, () => Promise<{ run(args: string[]): Promise<void> }>> = {
  serve: () => import('./serve.js'),
  doctor: () => import('./doctor.js'),
  repair: () => import('./repair.js'),
  setup: () => import('./setup.js'),
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) {
  try {
    await (await command()).run(args);
  } catch (error) {
    console.error(sentenceOf(error, usage));
    process.exit(1);
  }
} else if (name === '--help') console.log(usage);
else {
  console.error(name ? `There is no command "${name}".\n${usage}` : usage);
  process.exit(2);
}
