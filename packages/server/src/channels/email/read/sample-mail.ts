/** Raw mails for tests, written as they travel: lines that end in CRLF. */
export function rawMail(headers: string[], ...body: string[]): Buffer {
  return Buffer.from([...headers, '', ...body].join('\r\n'), 'utf8');
}

export const anaToBen = [
  'From: Ana Fox <ana@example.com>',
  'To: Ben <ben@shop.example>',
  'Message-ID: <a1@example.com>',
];

/** The lines of one part of a multipart with the boundary "cut". */
export function part(headers: string[], ...body: string[]): string[] {
  return ['--cut', ...headers, '', ...body];
}

export const mixed = 'Content-Type: multipart/mixed; boundary="cut"';
export const html = 'Content-Type: text/html; charset=utf-8';
