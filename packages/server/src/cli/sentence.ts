/** What went wrong, as whoever typed the command can use it. */
export function sentenceOf(error: unknown, usage: string): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return `Port ${error.port} is in use. Choose another with --port N, or --port 0 for any free one.`;
  const mistyped = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  return mistyped ? `${error.message}\n${usage}` : error.message;
}
