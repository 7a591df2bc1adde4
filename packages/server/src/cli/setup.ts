export async function run(_args: string[]): Promise<void> {
  throw new Error('helpline setup is not there yet.');
}
