import { morsels } from './morsels.mjs';

const mostBytes = 300_000;

/** Changes one mail one to eight times, always the same way for the same chances. */
export function mutate(mails, random) {
  let mail = random.pick(mails);
  for (let n = random.below(8); n >= 0; n--) mail = random.pick(mutations)(mail, random, mails).subarray(0, mostBytes);
  return mail;
}

const mutations = [putMorsel, putMorsel, putAtLine, flip, cut, repeat, moveLine, dropLine, splice, truncate, swapValue];

function putMorsel(mail, random) {
  return insert(mail, random.below(mail.length + 1), Buffer.from(random.pick(morsels)));
}

function putAtLine(mail, random) {
  return insert(mail, lineAt(mail, random), Buffer.from(random.pick(morsels)));
}

function flip(mail, random) {
  const changed = Buffer.from(mail);
  for (let n = random.below(20); n >= 0 && changed.length > 0; n--)
    changed[random.below(changed.length)] = random.below(256);
  return changed;
}

function cut(mail, random) {
  const from = random.below(mail.length + 1);
  return Buffer.concat([mail.subarray(0, from), mail.subarray(from + random.below(500))]);
}

function repeat(mail, random) {
  const from = random.below(mail.length + 1);
  const piece = mail.subarray(from, from + 1 + random.below(400));
  return insert(mail, from, Buffer.concat(Array(random.pick([2, 5, 50, 500])).fill(piece)));
}

function moveLine(mail, random) {
  const line = lineIn(mail, random);
  return insert(mail, lineAt(mail, random), line);
}

function dropLine(mail, random) {
  const from = lineAt(mail, random);
  const feed = mail.indexOf(0x0a, from);
  return Buffer.concat([mail.subarray(0, from), feed < 0 ? Buffer.alloc(0) : mail.subarray(feed + 1)]);
}

/** The beginning of one mail and the end of another. */
function splice(mail, random, mails) {
  const other = random.pick(mails);
  return Buffer.concat([
    mail.subarray(0, random.below(mail.length + 1)),
    other.subarray(random.below(other.length + 1)),
  ]);
}

function truncate(mail, random) {
  return mail.subarray(0, random.below(mail.length + 1));
}

/** Another charset, encoding or type where one is declared. */
function swapValue(mail, random) {
  const values = [
    'utf-8',
    'utf-16',
    'gb18030',
    'iso-2022-jp',
    'base64',
    'quoted-printable',
    'text/html',
    'multipart/mixed',
    '',
  ];
  const text = mail.toString('latin1');
  const found = [...text.matchAll(/(?<=charset="?|Encoding: |Type: )[\w/-]+/gi)];
  if (found.length === 0) return mail;
  const { index, 0: value } = random.pick(found);
  return Buffer.from(text.slice(0, index) + random.pick(values) + text.slice(index + value.length), 'latin1');
}

function insert(mail, at, piece) {
  return Buffer.concat([mail.subarray(0, at), piece, mail.subarray(at)]);
}

/** Where a line begins. */
function lineAt(mail, random) {
  return mail.indexOf(0x0a, random.below(mail.length + 1)) + 1;
}

function lineIn(mail, random) {
  const from = lineAt(mail, random);
  const feed = mail.indexOf(0x0a, from);
  return mail.subarray(from, feed < 0 ? mail.length : feed + 1);
}
