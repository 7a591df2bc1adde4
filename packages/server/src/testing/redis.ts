import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { findFreePort, waitForPort } from '../platform/ports.js';

export interface TestRedis {
  readonly url: string;
  /** Stands still, as if its machine hung; connections stay open. */
  freeze(on: boolean): void;
  kill(): Promise<void>;
  /** Empty, on the same port. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** A real Redis that keeps nothing on disk. */
export async function startRedis(): Promise<TestRedis> {
  const port = await findFreePort();
  let server = await start(port);
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: (on) => void server.kill(on ? 'SIGSTOP' : 'SIGCONT'),
    kill,
    async startAgain() {
      server = await start(port);
    },
    stop: kill,
  };
}

async function start(port: number): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  await waitForPort(port, { upTo: 10_000, while: () => server.exitCode === null });
  return server;
}
