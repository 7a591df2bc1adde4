export async function run(_args: string[]): Promise<void> {
  throw new Error('helpline doctor is not there yet.');
}
