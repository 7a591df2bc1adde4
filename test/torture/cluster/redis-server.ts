export interface RedisServer {
  readonly port: number;
  readonly pid: number | null;
  /** A command by the server's own protocol: `command('CONFIG', 'SET', 'maxmemory', '1mb')`. */
  command(...words: string[]): Promise<string>;
  start(): Promise<void>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
}
