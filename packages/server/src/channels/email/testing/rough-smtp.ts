import { createServer, type Server, type Socket } from 'node:net';

type Stage = 'greeting' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'end';
/** An answer, or to hang up without one. */
type Whim = { at: Stage; does: string };

const usual: Record<Stage, string> = {
  greeting: '220 rough.example ESMTP',
  AUTH: '235 2.7.0 Welcome',
  MAIL: '250 2.1.0 Ok',
  RCPT: '250 2.1.5 Ok',
  DATA: '354 Go on',
  end: '250 2.0.0 Taken',
};

/** A mail server that does what it is told to, once for each whim, and is well-behaved otherwise. */
export class RoughSmtp {
  /** Every mail whose end was read, whatever the answer was. */
  readonly mails: string[] = [];
  readonly recipients: string[] = [];
  readonly whims: Whim[] = [];
  readonly #server: Server;

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
  }

  #talk(socket: Socket): void {
    let unread = '';
    let inText = false;
    socket.on('error', () => {});
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
          inText = false;
          this.#answer(socket, 'end');
        } else inText = this.#obey(socket, said);
      }
    });
  }

  /** Whether the text of a mail comes next. */
  #obey(socket: Socket, command: string): boolean {
    const verb = command.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') socket.write('250-rough.example\r\n250 AUTH PLAIN\r\n');
    else if (verb === 'QUIT') socket.end('221 Bye\r\n');
    else if (verb === 'AUTH' || verb === 'MAIL' || verb === 'RCPT') this.#answer(socket, verb);
    else if (verb === 'DATA') return this.#answer(socket, 'DATA').startsWith('354');
    if (verb === 'RCPT') this.recipients.push(/<(.*)>/.exec(command)?.[1] ?? '');
    return false;
  }

  #answer(socket: Socket, stage: Stage): string {
    const whim = this.whims.findIndex(({ at }) => at === stage);
    const answer = this.whims.splice(whim, whim < 0 ? 0 : 1)[0]?.does ?? usual[stage];
    if (answer === 'hang up') socket.destroy();
    else socket.write(`${answer}\r\n`);
    return answer;
  }
}
