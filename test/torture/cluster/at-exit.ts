/** What must be cleared away however we end; without SIGKILL, that is. */
const duties = new Set<() => void>();

process.on('exit', () => {
  for (const duty of duties) duty();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

/** The function it gives does it now, once. */
export function atExit(clear: () => void): () => void {
  const duty = (): void => {
    duties.delete(duty);
    clear();
  };
  duties.add(duty);
  return duty;
}
