import { setTimeout as sleep } from 'node:timers/promises';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Asks the process to end and waits until it is gone; after half a minute it is made to. */
export async function stopProcess(pid: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (let signal: NodeJS.Signals | 0 = 'SIGTERM'; isAlive(pid); signal = Date.now() < deadline ? 0 : 'SIGKILL') {
    try {
      process.kill(pid, signal);
    } catch {
      return; // gone between the question and the order
    }
    await sleep(50);
  }
}
