import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createTransport, type Transporter } from 'nodemailer';
import type { SinkMail } from '../checks/final-state.js';
import { type History, keyIn } from '../history.js';
import { type Handed, hangUp, SmtpTalk, type Verb } from './smtp-talk.js';

/** How the server takes a verb: with these words, or by hanging up. */
export interface Mood {
  at: Verb;
  does: string;
  /** For how many mails; for all of them if missing. */
  times?: number;
}

/**
 * The mail server our answers go to. It notes whatever was handed to it, hands on to the mail world what it has taken,
 * and misbehaves as it is told.
 */
export class SmtpSink {
  readonly mails: SinkMail[] = [];
  moods: Mood[] = [];
  /** Called when the text of a mail has come in whole, before the answer to it. */
  onText: (mail: Handed) => Promise<void> = async () => {};
  readonly #server: Server;
  readonly #history: History;
  readonly #onwards: Transporter;
  readonly #sockets = new Set<Socket>();

  private constructor(history: History, onwards: { host: string; port: number }) {
    this.#history = history;
    this.#onwards = createTransport({ ...onwards, secure: false, ignoreTLS: true });
    this.#server = createServer((socket) => this.#talk(socket));
  }

  static async start(history: History, onwards: { host: string; port: number }): Promise<SmtpSink> {
    const sink = new SmtpSink(history, onwards);
    await new Promise<void>((resolve) => sink.#server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  heal(): void {
    this.moods = [];
    this.onText = async () => {};
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#onwards.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #talk(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    new SmtpTalk(socket, {
      answer: (verb, usual) => this.#answer(verb, usual),
      take: (mail) => this.#take(mail),
    });
  }

  #answer(verb: Verb, usual: string): string {
    const mood = this.moods.find(({ at }) => at === verb);
    if (mood?.times !== undefined && --mood.times === 0) this.moods = this.moods.filter((one) => one !== mood);
    return mood?.does ?? usual;
  }

  /** Whoever hears nothing after his mail does not know that it was taken. */
  async #take(mail: Handed): Promise<string> {
    const { from, to, raw } = mail;
    await this.onText(mail);
    const answer = this.#answer('end', '250 2.0.0 Taken');
    const accepted = answer === hangUp || answer.startsWith('2');
    const messageId = /^message-id:\s*(<[^>]*>)/im.exec(raw)?.[1] ?? '';
    const key = keyIn(raw.replace(/=\r\n/g, '').split('\r\n\r\n').slice(1).join('\n')) ?? null;
    const { at } = this.#history.record({
      ...{ proc: 'sink', type: 'ok', f: 'mailOut', messageId, to },
      ...(key === null ? {} : { key }),
    });
    this.mails.push({ at, messageId, to, key, accepted });
    if (accepted) await this.#onwards.sendMail({ envelope: { from, to }, raw }).catch(() => {}); // Dovecot may be broken too
    return answer;
  }
}
