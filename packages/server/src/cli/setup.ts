import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { StaffRole } from '@helpline/protocol';
import type { Database } from '../platform/database.js';
import { newId, newSecret } from '../platform/ids.js';
import { Secrets } from '../platform/secrets.js';
import { Staff } from '../staff/index.js';
import { Workspaces } from '../workspaces/index.js';
import { openFromEnvironment } from './environment.js';

const usage = `helpline setup --workspace NAME --origin URL --admin ADDRESS [OPTION…]
  Sets up an empty database: a workspace, its brand, a chat for its site, and who may sign in.
  --workspace NAME    the company
  --brand NAME        whom agents speak for (default: the company)
  --origin URL        a site that may hold the chat, such as https://shop.example; may be given again
  --admin ADDRESS     the first admin's mail address
  --agent ADDRESS     an agent's mail address; may be given again
  --password-stdin    read the admin's password from standard input instead of making one up
  --json              print one line of JSON
  Needs MONGODB_URI and HELPLINE_SECRET_KEY. Passwords are shown this once.`;

export interface Wanted {
  workspace: string;
  brand: string;
  origins: string[];
  admin: string;
  agents: string[];
  /** The admin's, unless one is to be made up. */
  password: string | null;
}

export async function run(args: string[]): Promise<void> {
  const options = {
    workspace: { type: 'string' },
    brand: { type: 'string' },
    origin: { type: 'string', multiple: true, default: [] as string[] },
    admin: { type: 'string' },
    agent: { type: 'string', multiple: true, default: [] as string[] },
    'password-stdin': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ args, options });
  if (values.help) return console.log(usage);
  const { workspace, brand = workspace, origin: origins, admin, agent: agents } = values;
  if (!workspace || !brand || !admin || origins.length === 0) throw new Error(usage);
  const { config, database } = await openFromEnvironment();
  try {
    if (!config.secretKey) throw new Error('Set HELPLINE_SECRET_KEY to the key that the nodes will have.');
    const password = values['password-stdin'] ? (await text(process.stdin)).trim() : null;
    const wanted = { workspace, brand, origins, admin, agents, password };
    const made = await setUp(database.db, config.secretKey, wanted);
    console.log(values.json ? JSON.stringify(made) : asText(made));
  } finally {
    await database.close();
  }
}

export interface Made {
  inbox: { publicKey: string; identitySecret: string };
  people: { email: string; role: StaffRole; password: string }[];
}

/** Throws where somebody has been before: what is there is never changed. */
export async function setUp(db: Database, secretKey: Buffer, wanted: Wanted): Promise<Made> {
  check(wanted);
  const workspaces = new Workspaces(db, new Secrets(secretKey));
  const staff = new Staff(db);
  await Promise.all([workspaces.prepare(), staff.prepare()]);
  if (!(await workspaces.isEmpty())) throw new Error('This database has been set up already. Nothing was changed.');
  const [workspaceId, brandId] = [newId(), newId()];
  await workspaces.addWorkspace({ _id: workspaceId, name: wanted.workspace });
  await workspaces.addBrand({ _id: brandId, workspaceId, name: wanted.brand });
  const inbox = { publicKey: `web_${newId().replaceAll('-', '')}`, identitySecret: newSecret() };
  await workspaces.addInbox({
    ...inbox,
    _id: newId(),
    workspaceId,
    brandId,
    teamId: null,
    name: `${wanted.brand} chat`,
    channel: 'chat',
    allowedOrigins: wanted.origins,
  });
  const people = [
    { email: wanted.admin, role: 'admin' as const, password: wanted.password ?? newSecret() },
    ...wanted.agents.map((email) => ({ email, role: 'agent' as const, password: newSecret() })),
  ];
  for (const { email, role, password } of people)
    await staff.add({
      _id: newId(),
      workspaceId,
      name: email.split('@')[0] ?? email,
      email,
      password,
      role,
      brandIds: 'all',
      teamIds: [],
      capacity: { chat: 4, email: 8 },
    });
  return { inbox, people };
}

const passwordCharacters = 12;

/** Before anything is written. */
function check({ origins, admin, agents, password }: Wanted): void {
  const notOrigin = origins.find(
    (origin) => origin !== '*' && !(URL.canParse(origin) && new URL(origin).origin === origin),
  );
  if (notOrigin)
    throw new Error(`"${notOrigin}" is no origin: give scheme and host only, such as https://shop.example.`);
  const addresses = [admin, ...agents].map((address) => address.toLowerCase());
  const notAddress = addresses.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
  if (notAddress) throw new Error(`"${notAddress}" is no mail address.`);
  if (new Set(addresses).size < addresses.length) throw new Error('Each person needs a mail address of his own.');
  if (password !== null && password.length < passwordCharacters)
    throw new Error(`The admin's password needs ${passwordCharacters} characters at least.`);
}

function asText({ inbox, people }: Made): string {
  return [
    'Set up. Start the nodes with "helpline serve", then sign in at /console/.',
    '',
    'Who may sign in (the passwords are shown this once):',
    ...people.map(({ email, role, password }) => `  ${role.padEnd(6)} ${email}  ${password}`),
    '',
    'The chat, for the pages of your site:',
    `  <script type="module" src="https://HOST/widget/v1.js" data-inbox="${inbox.publicKey}" async></script>`,
    `  key that signs who your visitors are (for your own server only, shown this once): ${inbox.identitySecret}`,
  ].join('\n');
}
