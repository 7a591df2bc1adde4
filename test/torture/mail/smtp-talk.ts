import type { Socket } from 'node:net';

export type Verb = 'greeting' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'end';

/** Instead of an answer. */
export const hangUp = 'hang up';

const usual: Record<Exclude<Verb, 'end'>, string> = {
  greeting: '220 sink.example ESMTP',
  AUTH: '235 2.7.0 Welcome',
  MAIL: '250 2.1.0 Ok',
  RCPT: '250 2.1.5 Ok',
  DATA: '354 Go on',
};

export interface Handed {
  from: string;
  to: string[];
  raw: string;
  /** The port of whoever sends. */
  port: number;
}

interface Listener {
  answer(verb: Verb, usual: string): string;
  take(mail: Handed): Promise<string>;
}

/** One conversation in SMTP, as the server's side has it. */
export class SmtpTalk {
  readonly #socket: Socket;
  readonly #listener: Listener;
  #unread = '';
  #inText = false;
  #from = '';
  #to: string[] = [];
  #busy = false;

  constructor(socket: Socket, listener: Listener) {
    this.#socket = socket;
    this.#listener = listener;
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      this.#unread += chunk.toString('latin1');
      void this.#read();
    });
    this.#say(listener.answer('greeting', usual.greeting));
  }

  async #read(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let said = this.#next(); said !== null; said = this.#next()) {
      if (this.#inText) await this.#hearText(said);
      else this.#hearCommand(said);
    }
    this.#busy = false;
  }

  /** A command, or the text of a mail, as soon as it is whole. */
  #next(): string | null {
    const mark = this.#inText ? '\r\n.\r\n' : '\r\n';
    const end = this.#unread.indexOf(mark);
    if (end < 0) return null;
    const said = this.#unread.slice(0, end);
    this.#unread = this.#unread.slice(end + mark.length);
    return said;
  }

  #hearCommand(command: string): void {
    const verb = command.slice(0, 4).toUpperCase();
    const address = /<(.*)>/.exec(command)?.[1] ?? '';
    if (verb === 'EHLO') this.#say('250-sink.example\r\n250 AUTH PLAIN');
    else if (verb === 'QUIT') this.#socket.end('221 Bye\r\n');
    else if (verb === 'AUTH') this.#answer('AUTH');
    else if (verb === 'MAIL' && this.#answer('MAIL')) [this.#from, this.#to] = [address, []];
    else if (verb === 'RCPT' && this.#answer('RCPT')) this.#to.push(address);
    else if (verb === 'DATA') this.#inText = this.#answer('DATA');
    else if (verb === 'RSET' || verb === 'NOOP') this.#say('250 Ok');
  }

  async #hearText(text: string): Promise<void> {
    this.#inText = false;
    const raw = text.replace(/^\./gm, '');
    this.#say(await this.#listener.take({ from: this.#from, to: this.#to, raw, port: this.#socket.remotePort ?? 0 }));
  }

  /** Whether it goes on. */
  #answer(verb: Exclude<Verb, 'end'>): boolean {
    const answer = this.#listener.answer(verb, usual[verb]);
    this.#say(answer);
    return answer.startsWith('2') || answer.startsWith('3');
  }

  #say(answer: string): void {
    if (answer === hangUp) this.#socket.destroy();
    else this.#socket.write(`${answer}\r\n`);
  }
}
