import { introducesQuote, isQuoteHeader } from '../text/quote-header.js';

type Attributes = Record<string, string>;

/** Elements whose content a mail program marked as the mail that was answered. The text is the lines before. */
export function isQuoteContainer(name: string, attributes: Attributes, textBefore: string): boolean {
  if (hasMark(attributes, quoteMarks)) return true;
  const style = compactStyle(attributes);
  if (name !== 'blockquote') return name === 'div' && outlookIndent.test(style);
  if (attributes.type === 'cite' || 'cite' in attributes || /border-left[a-z-]{0,20}:/.test(style)) return true;
  return endsInQuoteHeader(textBefore);
}

export function isSignatureContainer(name: string, attributes: Attributes): boolean {
  return name === 'signature' || hasMark(attributes, signatureMarks);
}

/** iPhones begin a signature by a break of its own, others by a short line. */
export function startsSignature(name: string, attributes: Attributes): boolean {
  if (name === 'hr') return attributes.align === 'left' && shortRule.test(compactStyle(attributes));
  return name === 'br' && attributes.id?.toLowerCase() === 'linebreakatbeginningofsignature';
}

/** Foxmail draws a short line at the left. */
const shortRule = /(^|;)width:[12]?\d{2}px/;

/** Elements after which nothing is new: the answered mail follows without a container of its own. */
export function startsQuote(name: string, attributes: Attributes): boolean {
  if (hasMark(attributes, cutMarks)) return true;
  const style = compactStyle(attributes);
  if (name === 'hr') return attributes.tabindex === '-1' && style.includes('width:98%');
  return name === 'div' && (outlookRule.test(style) || oldOutlookRule.test(style));
}

/** The header may be broken into lines: "On Monday, Ben", "<ben@…> wrote:". */
function endsInQuoteHeader(text: string): boolean {
  const lines = text.split('\n').slice(-4);
  const endings = lines.map((_, at) => lines.slice(at).join(' '));
  return introducesQuote(lines.at(-1) ?? '') || endings.some((ending) => isQuoteHeader(ending));
}

/** Outlook (Word) draws a thin grey line over the header of the answered mail. */
const outlookRule =
  /^(mso-element:para-border-div;)?border:none;border-top:solid(#[0-9a-f]{6}|windowtext|black)1(\.0)?pt;padding:3(\.0)?pt0/;
const oldOutlookRule = /border-top:#[0-9a-f]{6}1(\.0)?ptsolid/;

/** Outlook that is told to indent what it answers. */
const outlookIndent =
  /^border:none;border-left:solid(#[0-9a-f]{6}|blue)1\.5pt;padding:0(cm|in|mm)?0(cm|in|mm)?0(cm|in|mm)?4(\.0)?pt/;

function compactStyle(attributes: Attributes): string {
  return (attributes.style ?? '').slice(0, 500).replace(/\s/g, '').toLowerCase();
}

interface Marks {
  classes: ReadonlySet<string>;
  /** How a program names what is its own: `gmail_quote`, `tutanota_quote`, `k9mail-signature`. */
  ownClass: RegExp;
  ids: RegExp;
  markers: RegExp;
}

const quoteMarks: Marks = {
  classes: words(
    'gmail_quote_container gmail_attr gmail_quote_attribution moz-cite-prefix yahoo-quoted-begin iosymail zmail_extra',
    'front-blockquote blockquote_zmail hs_reply includetail airmail_on clean_bq history_container aqm-original',
    'mail-quote-collapse quoted-text',
  ),
  ownClass:
    /^(?!(pull|block|price|get|request|free|your|our|bq)[_-])_{0,2}[a-z][a-z0-9]{1,20}([_-][a-z]{1,12})?[_-]{1,2}(quote|quoted)([_-]?(text|content|container|message|\d{1,20}))?$/,
  ids: /^(yahoo_quoted\w{0,40}|isreplycontent|blockquote_zmail|mail-editor-reference-message-container|reply139content|originalcontent|qt|reply-intro|canaryblockquote|edo-original|aqm-original|lk_quoted\w{0,40}|replybody\d{0,5})$/,
  markers: /^(__quoted_text__|__headers__|messagereplysection|quote|reference)$/,
};

const signatureMarks: Marks = {
  classes: words(
    'gmail_signature_prefix protonmail_signature_block-user protonmail_signature_block-proton bloop_sign signature mb_sig',
  ),
  ownClass: /^_{0,2}[a-z][a-z0-9-]{0,30}[_-]signature([_-](below|above|block|default|wrap))?$/,
  ids: /^(signature|applemailsignature|ms-outlook-mobile-signature|ymail_android_signature(_quote)?|composer_signature|zm-_id_-sgn1?|bloop_sign\w{0,40}|_com_android_email_signature|canarysig|edo-signature|aqm-signature|cm_signature|cm_footer|emailsignature|mail_signature|sig\d{1,15}|dab4fad8-2dd7-40bb-a1b8-4e2aa1f9fdf2)$/,
  markers: /^(gmail_signature|messagesignaturesection|__sig_(pre|post)__|signature)$/,
};

const cutMarks: Marks = {
  classes: words('outlookmessageheader replyheader'),
  ownClass: /^ms-outlook-quote$/,
  ids: /^(divrplyfwdmsg|appendonsend|olk_src_body_section|replysplit|stopspelling|zwchr)$/,
  markers: /^__divider__$/,
};

function hasMark(attributes: Attributes, marks: Marks): boolean {
  const { class: classes, id } = attributes;
  if (classes && isMarked(classes, marks)) return true;
  if (id && isNamed(ownMark(id), marks)) return true;
  const { 'data-marker': zimbra, 'data-smartmail': gmail, fairemail, name } = attributes;
  return [zimbra, gmail, fairemail, name].some((marker) => marker !== undefined && marks.markers.test(ownMark(marker)));
}

function isNamed(id: string, marks: Marks): boolean {
  return marks.ids.test(id) || marks.ownClass.test(id);
}

function isMarked(classes: string, marks: Marks): boolean {
  const tokens = classes.slice(0, 500).split(/\s+/).map(ownMark);
  return tokens.some((token) => marks.classes.has(token) || marks.ownClass.test(token));
}

/** Outlook (`x_`) and Yahoo (`ydp…`) put something before the marks of others. */
function ownMark(mark: string): string {
  return mark
    .slice(0, 100)
    .toLowerCase()
    .replace(/^(x_){1,5}|^ydp[0-9a-f]{6,12}(?=[a-z])/, '');
}

function words(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}
