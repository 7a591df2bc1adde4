import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { explain } from './explain.js';
import { NoToken } from './oauth/refusal.js';
import { openSmtp } from './sender/smtp-session.js';

const place = { host: 'mail.tea.example', port: 993, secure: true };
const error = (code: string, more: object = {}) => Object.assign(new Error('It failed.'), { code, ...more });
const words = (what: unknown, at: Parameters<typeof explain>[1] = place) => explain(what, at).words;

describe('a refusal in words', () => {
  test('says what to do about TLS, each case by its name', () => {
    expect(
      explain(error('ERR_SSL_WRONG_VERSION_NUMBER', { message: 'wrong version number' }), { ...place, port: 143 }),
    ).toMatchObject({ field: 'secure', words: expect.stringContaining('Switch off "TLS from the first byte"') });
    expect(explain(error('GREETING_TIMEOUT'), { ...place, secure: false })).toMatchObject({
      field: 'secure',
      words: expect.stringContaining('switch on "TLS from the first byte"'),
    });
    expect(words(error('CERT_HAS_EXPIRED'))).toContain('has expired');
    expect(words(error('ERR_TLS_CERT_ALTNAME_INVALID'))).toContain('not made out for mail.tea.example');
    expect(words(error('DEPTH_ZERO_SELF_SIGNED_CERT'))).toContain('self-signed');
  });

  test('adds what the provider wants for a password, and only there', () => {
    const refused = Object.assign(error('AUTHENTICATIONFAILED', { responseText: 'Invalid credentials (Failure)' }), {
      authenticationFailed: true,
    });
    expect(words(refused, { ...place, host: 'imap.gmail.com' })).toContain('make an app password');
    expect(words(refused)).toBe('The server refused this user or password. Invalid credentials (Failure)');
    expect(explain(refused, place)).toMatchObject({ field: 'password', isLogin: true });
  });

  test('speaks of no password where somebody signed in at the provider', () => {
    const byToken = { ...place, host: 'imap.gmail.com', byToken: true };
    const refused = error('x', { authenticationFailed: true, responseText: 'Invalid credentials (Failure)' });
    expect(explain(refused, byToken)).toEqual({
      field: 'user',
      words: 'The server does not let in whoever signed in. Invalid credentials (Failure)',
      isLogin: true,
    });
    expect(explain(new NoToken('Please sign in again.', true), byToken)).toMatchObject({
      words: 'Please sign in again.',
      isLogin: true,
    });
  });

  test('knows what administrators of Microsoft 365 switch off', () => {
    const smtp = error('EAUTH', {
      response: '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.',
    });
    expect(words(smtp, { ...place, byToken: true })).toContain('switches on "Authenticated SMTP"');
    const imap = error('x', { authenticationFailed: true, responseText: 'User is authenticated but not connected.' });
    expect(words(imap, { ...place, byToken: true })).toContain('IMAP is switched off for it');
  });

  test('knows accounts into which no program may, and those with too many', () => {
    const off = error('x', { authenticationFailed: true, responseText: 'Your account is not enabled for IMAP use' });
    expect(explain(off, place)).toMatchObject({ words: expect.stringContaining('Switch IMAP on'), isLogin: true });
    const many = error('x', { authenticationFailed: true, responseText: 'Too many simultaneous connections.' });
    expect(explain(many, place)).toMatchObject({ words: expect.stringContaining('Too many programs'), isLogin: false });
  });
});

test('a server at the wrong port is told', () => {
  const noGreeting = error('GREETING_TIMEOUT');
  expect(words(noGreeting, { ...place, port: 587, secure: false })).toContain('is an SMTP server, for sending');
  expect(words(noGreeting, { ...place, port: 995 })).toContain('is a POP3 server');
  expect(words(noGreeting, { ...place, port: 143, secure: false })).toContain('did not answer in time');
});

describe('whoever answers in place of an outgoing server is told by his greeting', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  const told = async (greeting: string): Promise<string> => {
    server = createServer((socket) => socket.on('error', () => {}).write(greeting));
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const at = { host: '127.0.0.1', servername: undefined, port, secure: false, user: 'ana', password: 'x' };
    const refused = await openSmtp(at).catch((problem: unknown) => problem);
    return words(refused, at);
  };

  test('an IMAP server', async () => {
    expect(await told('* OK IMAP4rev1 ready\r\n')).toContain('is an IMAP server, for receiving');
  });
  test('a web server', async () => {
    expect(await told('HTTP/1.1 400 Bad Request\r\n')).toContain('no mail server that Helpline can talk to');
  });
});
