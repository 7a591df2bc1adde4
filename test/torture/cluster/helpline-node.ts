import type { TcpProxy } from '../proxy/tcp-proxy.js';

/** One `helpline serve` process on a port it keeps over restarts. */
export interface HelplineNode {
  readonly index: number;
  readonly port: number;
  readonly pid: number | null;
  /** Between the clients and this node. */
  readonly clients: TcpProxy;
  /** Between this node and Redis. */
  readonly redis: TcpProxy;
  /** Starts it and waits until it is ready; `env` and `wrap` (a command before node, such as faketime) are for this start only. */
  start(how?: { env?: Record<string, string>; wrap?: string[]; nodeArgs?: string[] }): Promise<void>;
  /** SIGTERM; resolves with the exit code when the process is gone. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGSTOP and SIGCONT. */
  pause(): void;
  resume(): void;
  /** Runs an expression inside the node, by its inspector. */
  evaluate(expression: string): Promise<unknown>;
}
