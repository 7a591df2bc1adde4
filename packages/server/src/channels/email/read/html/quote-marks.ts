import { isQuoteHeader } from '../text/quote-header.js';

type Attributes = Record<string, string>;

/** Elements whose content a mail program marked as the mail that was answered. */
export function isQuoteContainer(name: string, attributes: Attributes, lineBefore: string): boolean {
  if (hasMark(attributes, quoteMarks)) return true;
  if (name !== 'blockquote') return false;
  return attributes.type === 'cite' || 'cite' in attributes || isQuoteHeader(lineBefore);
}

export function isSignatureContainer(attributes: Attributes): boolean {
  return hasMark(attributes, signatureMarks);
}

/** Elements after which nothing is new: the answered mail follows without a container of its own. */
export function startsQuote(name: string, attributes: Attributes): boolean {
  if (hasMark(attributes, cutMarks)) return true;
  if (name === 'hr') return attributes.id === 'stopSpelling' || attributes['data-marker'] === '__DIVIDER__';
  return name === 'div' && outlookRule.test((attributes.style ?? '').slice(0, 500).replace(/\s/g, '').toLowerCase());
}

/** Outlook (Word) draws a thin grey line over the header of the answered mail. */
const outlookRule =
  /^(mso-element:para-border-div;)?border:none;border-top:solid(#[0-9a-f]{6}|windowtext)1\.0pt;padding:3\.0pt(0cm|0in|0mm)0(cm|in|mm)?0?/;

interface Marks {
  classes: RegExp;
  ids: RegExp;
  markers: RegExp;
}

const quoteMarks: Marks = {
  classes:
    /(^|\s|_)(gmail_quote|gmail_quote_container|gmail_extra|gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote|proton-quote|front-blockquote|tutanota_quote|zmail_extra|sh-quoted-content|hs_reply|replyheader|includetail|cm_quote|mailbox_quote|quoted-text|email_quote)(\s|$)/i,
  ids: /^(ymail_android_signature_quote|yahoo_quoted\w{0,40}|isreplycontent|blockquote_zmail|mail-editor-reference-message-container|reply139content|originalcontent|qt)$/i,
  markers: /^(__quoted_text__|messagereplysection|quote)$/i,
};

const signatureMarks: Marks = {
  classes:
    /(^|\s)(gmail_signature|moz-signature|protonmail_signature_block|protonmail_signature_block-user|mailbox_signature|bloop_sign|signature)(\s|$)/i,
  ids: /^(signature|ms-outlook-mobile-signature|ymail_android_signature|composer_signature|applemailsignature|zm-_id_-sgn|bloop_sign\w{0,40}|_com_android_email_signature)$/i,
  markers: /^(gmail_signature|messagesignaturesection|__sig_(pre|post)__)$/i,
};

const cutMarks: Marks = {
  classes: /(^|\s)(outlookmessageheader|ms-outlook-quote)(\s|$)/i,
  ids: /^(x_)?(divrplyfwdmsg|appendonsend|olk_src_body_section|replysplit)$/i,
  markers: /^__divider__$/i,
};

function hasMark(attributes: Attributes, marks: Marks): boolean {
  const { class: classes, id, name } = attributes;
  if (classes && marks.classes.test(classes.slice(0, 500))) return true;
  if (id && marks.ids.test(id.slice(0, 100))) return true;
  const marker = attributes['data-marker'] ?? attributes['data-smartmail'] ?? name;
  return marker !== undefined && marks.markers.test(marker.slice(0, 100));
}
