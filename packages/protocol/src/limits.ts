/** Bounds of the wire, told to clients so that they can refuse early with the same numbers. */
export const limits = {
  messageCharacters: 10_000,
  frameBytes: 64 * 1024,
  syncPage: 200,
  listPage: 50,
  clientIdCharacters: 64,
  mailHistoryDays: 90,
  passwordCharacters: 12,
  movesAtOnce: 200,
  teams: 200,
  followUpsPerConversation: 20,
  filesPerMessage: 20,
  fileBytes: 50 * 1024 * 1024,
} as const;
