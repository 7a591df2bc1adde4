import type { TcpProxy } from '../proxy/tcp-proxy.js';

/** The mail world: Dovecot with the support mailbox and the customers', an SMTP server in front of it. */
export interface Mail {
  readonly support: string;
  /** Between the nodes and the mail server. */
  readonly imap: TcpProxy;
  readonly smtp: TcpProxy;
  /** Straight to Dovecot and to the SMTP server. */
  readonly ports: { imap: number; smtp: number; lmtp: number };
  readonly accounts: readonly { address: string; password: string }[];
}
