import { createServer, type Server, type Socket } from 'node:net';

type Stage = 'greeting' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'end' | 'RSET';
/** An answer, to hang up without one, or to answer never; only about this recipient, if there is one. */
type Whim = { at: Stage; does: string; to?: string };

const usual: Record<Stage, string> = {
  greeting: '220 rough.example ESMTP',
  AUTH: '235 2.7.0 Welcome',
  MAIL: '250 2.1.0 Ok',
  RCPT: '250 2.1.5 Ok',
  DATA: '354 Go on',
  end: '250 2.0.0 Taken',
  RSET: '250 2.0.0 Forgotten',
};

/** A mail server that does what it is told to, once for each whim, and is well-behaved otherwise. */
export class RoughSmtp {
  /** Every mail whose end was read, whatever the answer was. */
  readonly mails: string[] = [];
  readonly recipients: string[] = [];
  readonly whims: Whim[] = [];
  /** What it can do besides. */
  readonly extensions: string[] = [];
  /** After so many mails it has enough of a connection. */
  mailsAConnection = Number.POSITIVE_INFINITY;
  /** More connections at once it refuses. */
  connectionsAtOnce = Number.POSITIVE_INFINITY;
  /** How many there were, and how many are open. */
  connections = 0;
  readonly open = new Set<Socket>();
  readonly #server: Server;
  /** How many recipients it took for the mail that is being handed over. */
  readonly #taken = new Map<Socket, number>();

  private constructor() {
    this.#server = createServer((socket) => this.#talk(socket));
  }

  static start(): Promise<RoughSmtp> {
    const smtp = new RoughSmtp();
    return new Promise((resolve) => smtp.#server.listen(0, '127.0.0.1', () => resolve(smtp)));
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  stop(): void {
    this.#server.close();
    this.hangUp();
  }

  /** Ends every connection without a word. */
  hangUp(): void {
    for (const socket of this.open) socket.destroy();
  }

  /** As if it had just been started. */
  forget(): void {
    this.hangUp();
    for (const list of [this.mails, this.recipients, this.whims, this.extensions]) list.splice(0);
    this.mailsAConnection = Number.POSITIVE_INFINITY;
    this.connectionsAtOnce = Number.POSITIVE_INFINITY;
    this.connections = 0;
  }

  #talk(socket: Socket): void {
    this.connections++;
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket));
    socket.on('error', () => {});
    if (this.open.size > this.connectionsAtOnce) {
      socket.end('421 4.7.0 Too many connections\r\n');
      return;
    }
    let unread = '';
    let inText = false;
    let mails = 0;
    this.#answer(socket, 'greeting');
    socket.on('data', (chunk) => {
      unread += chunk.toString('latin1');
      for (;;) {
        const end = inText ? unread.indexOf('\r\n.\r\n') : unread.indexOf('\r\n');
        if (end < 0) return;
        const said = unread.slice(0, end);
        unread = unread.slice(end + (inText ? 5 : 2));
        if (inText) {
          this.mails.push(said);
          mails++;
          inText = false;
          this.#answer(socket, 'end');
        } else if (mails >= this.mailsAConnection) socket.end('421 4.7.0 Enough\r\n');
        else inText = this.#obey(socket, said);
      }
    });
  }

  /** Whether the text of a mail comes next. */
  #obey(socket: Socket, command: string): boolean {
    const verb = command.slice(0, 4).toUpperCase();
    const address = /<(.*)>/.exec(command)?.[1] ?? '';
    if (verb === 'EHLO') this.#say(socket, ['rough.example', ...this.extensions, 'AUTH PLAIN']);
    else if (verb === 'QUIT') socket.end('221 Bye\r\n');
    else if (verb === 'AUTH' || verb === 'MAIL' || verb === 'RSET') this.#answer(socket, verb);
    else if (verb === 'RCPT' && this.#answer(socket, verb, address).startsWith('250')) this.#take(socket, address);
    else if (verb === 'DATA' && !this.#taken.get(socket)) socket.write('503 5.5.1 For whom?\r\n');
    else if (verb === 'DATA') return this.#answer(socket, 'DATA').startsWith('354');
    if (verb === 'MAIL') this.#taken.set(socket, 0);
    return false;
  }

  #take(socket: Socket, recipient: string): void {
    this.recipients.push(recipient);
    this.#taken.set(socket, (this.#taken.get(socket) ?? 0) + 1);
  }

  #say(socket: Socket, lines: string[]): void {
    socket.write(lines.map((line, i) => `250${i < lines.length - 1 ? '-' : ' '}${line}\r\n`).join(''));
  }

  #answer(socket: Socket, stage: Stage, about = ''): string {
    const whim = this.whims.findIndex(({ at, to }) => at === stage && (to === undefined || to === about));
    const answer = this.whims.splice(whim, whim < 0 ? 0 : 1)[0]?.does ?? usual[stage];
    if (answer === 'hang up') socket.destroy();
    else if (answer.startsWith('421')) socket.end(`${answer}\r\n`);
    else if (answer !== 'say nothing') socket.write(`${answer}\r\n`);
    return answer;
  }
}
