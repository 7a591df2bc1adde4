/** The unique indexes that promises rest on: without one of them something could be there twice. */
export const uniqueIndexes: { collection: string; keys: string[] }[] = [
  { collection: 'entries', keys: ['conversationId', 'seq'] },
  { collection: 'entries', keys: ['conversationId', 'clientId'] },
  { collection: 'contacts', keys: ['workspaceId', 'identities.kind', 'identities.value'] },
  { collection: 'agents', keys: ['email'] },
  { collection: 'workIntervals', keys: ['agentId', 'n'] },
  { collection: 'inboxes', keys: ['publicKey'] },
  { collection: 'mailboxes', keys: ['workspaceId', 'address'] },
  { collection: 'mail_ledger', keys: ['mailboxId', 'key'] },
  { collection: 'deliveries', keys: ['entryId', 'recipients'] },
];
