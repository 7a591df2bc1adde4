/** Who may open whose door. The rooms and what they may open are plain data; the rest applies it to every import. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A room opens the doors of rooms before it. The channels are islands: they share only channels/channel.ts. */
const ORDER = [
  'texts',
  'platform',
  'journal',
  'uploads',
  'workspaces',
  'calendar',
  'contacts',
  'staff',
  'conversations',
  'routing',
  'queue',
];
const CHANNELS = ['channels/chat', 'channels/email', 'channels/voice'];
/** These sit on the conversations and never on each other. Of the wings desk/ and floor/, each folder is a room. */
const ON_CONVERSATIONS = ['notify', 'search', 'integrations', 'automation', 'privacy', 'desk/*', 'floor/*'];
/** These build and wire the others, and know them all; cli/ and the files beside the rooms also from inside. */
const KNOW_ALL_DOORS = ['gateway'];
const KNOW_ALL = ['cli', '.'];

/** Files other rooms may open: a room's index.ts, and these. */
const MORE_DOORS = [/^platform\/[^/]+\.ts$/, /^channels\/channel\.ts$/, /^texts\//];

/** Libraries with one home. */
const HOMES = [
  { libraries: ['mongoose', 'mongodb'], home: /(^|\/)store\.ts$|^journal\/|^platform\// },
  {
    libraries: ['imapflow', 'nodemailer', 'postal-mime', 'mailparser', 'smtp-server'],
    home: /^channels\/email\/|^platform\/mail-world\//,
  },
  { libraries: ['express', 'socket.io', 'helmet'], home: /^gateway\// },
  { libraries: ['@helpline/sdk'], home: /^$/ },
];

/** What the other packages may import, the schemas of the protocol always excepted. */
const PACKAGES = {
  protocol: ['zod'],
  sdk: ['@helpline/protocol', 'socket.io-client'],
  widget: ['@helpline/sdk', '@helpline/protocol', 'lit'],
  console: ['@helpline/sdk', '@helpline/protocol', 'lit'],
};

/** Tests may import anything, and so may what is only for them. */
const IS_TEST = /\.test\.ts$|(^|\/)test-[^/]*\.ts$|(^|\/)testing(\/|\.ts$)/;

/** What is wrong with one import of one file; nothing if it is in order. Paths count from packages/. */
export function judgeImport(file, specifier) {
  if (IS_TEST.test(file)) return undefined;
  const [, owner, inside] = /^([^/]+)\/src\/(.*)$/.exec(file) ?? [];
  if (owner === 'server') return judgeServer(inside, specifier);
  if (!PACKAGES[owner] || specifier.startsWith('.')) return undefined;
  if (specifier === '@helpline/protocol/schemas') return 'only the server and tests read the schemas';
  return PACKAGES[owner].some((allowed) => isPartOf(specifier, allowed)) ? undefined : `not for ${owner}`;
}

function judgeServer(file, specifier) {
  if (!specifier.startsWith('.')) {
    const homes = HOMES.filter(({ libraries }) => libraries.some((library) => isPartOf(specifier, library)));
    return homes.every(({ home }) => home.test(file)) ? undefined : 'this library lives elsewhere';
  }
  const target = normalize(join(dirname(file), specifier)).replace(/\.js$/, '.ts');
  const [from, to] = [roomOf(file), roomOf(target)];
  if (from === to || KNOW_ALL.includes(from)) return undefined;
  if (!mayOpen(from, to)) return `${from} may not open ${to}`;
  const isDoor = target === `${to}/index.ts` || MORE_DOORS.some((door) => door.test(target));
  return isDoor ? undefined : `${to} is entered by its door, ${to}/index.ts`;
}

function mayOpen(from, to) {
  if (KNOW_ALL.includes(to)) return false;
  if (KNOW_ALL_DOORS.includes(from)) return true;
  if (ORDER.includes(from)) return ORDER.slice(0, ORDER.indexOf(from)).includes(to);
  if (from === 'channels' || CHANNELS.includes(from)) return to === 'channels' || ORDER.includes(to);
  const upTo = ORDER.indexOf('conversations') + 1;
  return isRoomOnConversations(from) && ORDER.slice(0, upTo).includes(to);
}

function isRoomOnConversations(room) {
  return ON_CONVERSATIONS.includes(room) || ON_CONVERSATIONS.includes(room.replace(/\/.*/, '/*'));
}

/** The first folder; the second one of a wing. */
function roomOf(file) {
  const [first, second, third] = file.split('/');
  if (second === undefined) return '.';
  return ['channels', 'desk', 'floor'].includes(first) && third !== undefined ? `${first}/${second}` : first;
}

function isPartOf(specifier, library) {
  return specifier === library || specifier.startsWith(`${library}/`);
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\bimport\s*\(?\s*'([^']+)'/g;

/** Every import of a source, type-only ones too. */
export function importsOf(source) {
  return [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2]);
}

function main() {
  const packages = join(dirname(dirname(fileURLToPath(import.meta.url))), 'packages');
  const files = readdirSync(packages).flatMap((name) => sourcesBelow(join(packages, name, 'src')));
  const wrong = files.flatMap((path) => {
    const file = relative(packages, path);
    return importsOf(readFileSync(path, 'utf8')).flatMap((specifier) => {
      const reason = judgeImport(file, specifier);
      return reason ? [`packages/${file} imports '${specifier}': ${reason}`] : [];
    });
  });
  for (const line of wrong) console.log(line);
  console.log(`${files.length} files, ${wrong.length} imports out of place`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

function sourcesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesBelow(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
