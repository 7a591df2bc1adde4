/** Who may call a door is a named permission; a role is a set of them. */
export const permissions = [
  'chat.use',
  'self.manage',
  'conversation.read',
  'conversation.answer',
  'conversation.assign',
  'conversation.transfer',
  'conversation.supervise',
  'conversation.read_all_teams',
  'staff.read',
  'inbox.read',
  'routing.read',
  'routing.manage',
  'staff.supervise',
  'staff.manage',
  'mailbox.manage',
] as const;

export type Permission = (typeof permissions)[number];

const agent = [
  'self.manage',
  'conversation.read',
  'conversation.answer',
  'conversation.assign',
  'conversation.transfer',
  'staff.read',
  'inbox.read',
] as const satisfies readonly Permission[];

const supervisor = [
  ...agent,
  'conversation.supervise',
  'conversation.read_all_teams',
  'staff.supervise',
  'routing.read',
] as const satisfies readonly Permission[];

/** The roles and what each may do. `visitor` is whoever holds a chat session. */
export const roles = {
  visitor: ['chat.use'],
  agent,
  supervisor,
  admin: [...supervisor, 'routing.manage', 'staff.manage', 'mailbox.manage'],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof roles;
export type StaffRole = Exclude<Role, 'visitor'>;

export const may = (role: Role, permission: Permission): boolean =>
  (roles[role] as readonly Permission[]).includes(permission);
