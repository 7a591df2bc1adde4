import type { StaffRole } from '@helpline/protocol';
import type { App } from '../app.js';
import type { MailWorld } from '../platform/mail-world/index.js';
import type { Visibility } from '../platform/visibility.js';

const workspaceId = 'demo';
const password = 'tulips-and-tea';

export const demoVisibility: Visibility = { workspaceId, brandIds: 'all', teamIds: 'all' };

export const supportAddress = 'support@tulip-garden.example';
export const customer = { address: 'carla.customer@mail.example', password: 'carlas-password' };
/** Who has a mailbox on the demo's own mail server. */
export const mailAccounts = [{ address: supportAddress, password: 'supports-password' }, customer];

const brands = [
  { _id: 'tulip-garden', workspaceId, name: 'Tulip Garden' },
  { _id: 'northlight', workspaceId, name: 'Northlight Outdoor' },
];

/** The demo's chat inboxes. Their secrets are as public as the demo is: it listens on this machine only. */
export const chatInboxes = [
  {
    _id: 'tulip-chat',
    brandId: 'tulip-garden',
    name: 'Tulip Garden shop',
    publicKey: 'web_tulip_garden',
    identitySecret: 'demo-identity-secret-of-tulip-garden',
  },
  {
    _id: 'northlight-chat',
    brandId: 'northlight',
    name: 'Northlight shop',
    publicKey: 'web_northlight',
    identitySecret: 'demo-identity-secret-of-northlight',
  },
];

const billing = { _id: 'billing', workspaceId, name: 'Billing' };

const people: { name: string; role: StaffRole; brandIds: 'all' | string[]; teamIds?: string[] }[] = [
  { name: 'Ana Alvarez', role: 'agent', brandIds: 'all' },
  { name: 'Ben Okafor', role: 'agent', brandIds: ['tulip-garden'], teamIds: [billing._id] },
  { name: 'Chiara Russo', role: 'agent', brandIds: ['northlight'] },
  { name: 'Dana Novak', role: 'supervisor', brandIds: 'all' },
  { name: 'Emil Berg', role: 'admin', brandIds: 'all' },
];

const firstName = (name: string): string => name.split(' ')[0]?.toLowerCase() ?? '';

/** Who can sign in to the demo. */
export const accounts = people.map(({ name, role }) => ({
  name,
  role,
  email: `${firstName(name)}@helpline.example`,
  password,
}));

/** A company to try things with: two brands, their chats, and a team that takes nothing yet, and the people of its desk. Seeding again changes nothing. */
export async function seedDemo({ workspaces, staff }: App): Promise<void> {
  await workspaces.addWorkspace({ _id: workspaceId, name: 'Demo company' });
  for (const brand of brands) await workspaces.addBrand(brand);
  await workspaces.addTeam(billing);
  for (const inbox of chatInboxes)
    await workspaces.addInbox({ ...inbox, workspaceId, teamId: null, channel: 'chat', allowedOrigins: [] });
  await Promise.all(
    people.map(({ name, role, brandIds, teamIds = [] }) =>
      staff.add({
        _id: firstName(name),
        workspaceId,
        name,
        email: `${firstName(name)}@helpline.example`,
        password,
        role,
        brandIds,
        teamIds,
        capacity: { chat: 4, email: 8 },
      }),
    ),
  );
}

/** Connects the demo's support mailbox, once. */
export async function connectDemoMailbox(
  { email }: App,
  { imap, smtp, accounts: mailboxes }: MailWorld,
): Promise<void> {
  const support = mailboxes.find(({ address }) => address === supportAddress);
  const connected = await email.mailboxes(demoVisibility);
  if (!support || connected.some(({ address }) => address === supportAddress)) return;
  const { user, password: secret } = support;
  await email.connect(workspaceId, {
    brandId: 'tulip-garden',
    address: supportAddress,
    displayName: 'Tulip Garden',
    imap: { ...imap, secure: false, user, password: secret },
    smtp: { ...smtp, secure: false, user, password: secret },
  });
}
