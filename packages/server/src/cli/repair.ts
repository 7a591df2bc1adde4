export async function run(_args: string[]): Promise<void> {
  throw new Error('helpline repair is not there yet.');
}
