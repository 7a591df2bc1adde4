const deniedTags =
  /^(script|style|iframe|frame|frameset|object|embed|applet|form|input|button|link|meta|base|svg|math|template|noscript|textarea|title|audio|video|source|xmp|plaintext|select|option)$/i;

/** What is wrong with a mail as it was read. An empty list is what it should be. */
export function judge(mail) {
  return [
    ...(mail.html === null ? [] : judgeHtml(mail.html)),
    ...judgeLines([mail.subject, mail.from?.address, mail.from?.name, mail.messageId].filter((value) => value)),
    ...mail.attachments.flatMap(({ filename }) => judgeName(filename)),
    ...(mail.text.trim() !== '' && mail.visible.trim() === '' ? ['nothing is visible of a text'] : []),
    ...([mail.text, mail.visible, mail.html].some((text) => text?.includes('\0')) ? ['a NUL in the text'] : []),
  ];
}

/** What was sanitised is plain enough for patterns; what browsers make of it they are asked themselves. */
export function judgeHtml(html) {
  const wrong = [];
  for (const [, tag, attributes] of html.matchAll(/<([a-z][^\s>/]*)((?:"[^"]*"|[^>"])*)>/gi)) {
    if (deniedTags.test(tag)) wrong.push(`an element ${tag}`);
    for (const [, name, value] of attributes.matchAll(/([^\s"=/]+)="([^"]*)"/g)) {
      if (/^on|^(srcdoc|formaction|action|background|srcset|poster|ping)$/i.test(name))
        wrong.push(`an attribute ${name}`);
      if (/^(href|src)$/i.test(name) && !isHarmless(value)) wrong.push(`${name}=${value.slice(0, 80)}`);
      if (/^style$/i.test(name) && /url\s*\(|expression|@import|position\s*:/i.test(value))
        wrong.push(`style=${value.slice(0, 80)}`);
    }
  }
  return wrong;
}

function isHarmless(address) {
  return /^(https?:|mailto:|tel:|cid:|data:image\/(png|jpe?g|gif|webp|bmp);base64,)/i.test(address) || address === '';
}

function judgeLines(values) {
  return values
    .filter((value) => /[\r\n\0]/.test(value))
    .map((value) => `a line break in ${JSON.stringify(value.slice(0, 80))}`);
}

function judgeName(name) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[/\\\0-\x1f\u202a-\u202e]|^\.{0,2}$/.test(name) ? [`the file name ${JSON.stringify(name)}`] : [];
}
