import sanitizeHtml from 'sanitize-html';
import { styles } from './allowed-styles.js';
import { QuoteFolder } from './quote-folder.js';
import { isTrackingPixel } from './tracking-pixel.js';

const tags =
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr';

/** Elements whose content is no text to read, or is read otherwise by browsers than by us. */
const dropped =
  'script style textarea option xmp noscript noembed noframes plaintext title template iframe object embed applet svg math audio video canvas select';

type Attributes = Record<string, string>;

/**
 * HTML that is safe to show: nothing runs, nothing is loaded, links leave no trace of us. With `foldQuotes`, elements
 * of the mail that was answered carry `data-quoted`.
 */
export function sanitise(html: string, { foldQuotes = false } = {}): string {
  const folder = foldQuotes ? new QuoteFolder() : null;
  return sanitizeHtml(html, {
    allowedTags: tags.split(' '),
    allowedAttributes: {
      '*': ['style', 'dir', 'lang', 'title', 'align', 'valign', 'bgcolor', 'data-quoted'],
      a: ['href', 'rel', 'target'],
      img: ['src', 'data-src', 'alt', 'width', 'height'],
      table: ['width', 'border', 'cellpadding', 'cellspacing'],
      td: ['width', 'height', 'colspan', 'rowspan', 'nowrap'],
      th: ['width', 'height', 'colspan', 'rowspan', 'nowrap'],
      col: ['width', 'span'],
      font: ['color', 'face', 'size'],
      ol: ['start', 'type'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['cid', 'data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    allowedStyles: { '*': styles },
    nonTextTags: dropped.split(' '),
    nestingLimit: 100,
    transformTags: {
      a: safeLink,
      img: blockedImage,
      '*': (tagName, { 'data-quoted': _claimed, ...attribs }) => ({
        tagName,
        attribs: folder?.opens(tagName, attribs) ? { ...attribs, 'data-quoted': '' } : attribs,
      }),
    },
    textFilter: (text) => folder?.reads(text) ?? text,
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && isTrackingPixel(attribs),
  });
}

/** A link leads out of here, or nowhere: an address without a scheme would be one of our own. */
function safeLink(tagName: string, { href = '', ...rest }: Attributes) {
  const leadsOut = /^\s*(https?:\/\/|mailto:|tel:)/i.test(href);
  return {
    tagName,
    attribs: leadsOut ? { ...rest, href: href.trim(), rel: 'noopener noreferrer nofollow', target: '_blank' } : rest,
  };
}

/** A remote image tells its owner that the mail was read: it keeps its address for the day somebody asks for it. */
function blockedImage(tagName: string, { src: source = '', 'data-src': _claimed, ...rest }: Attributes) {
  const src = source.trim();
  if (/^(cid:|data:image\/(png|jpe?g|gif|webp|bmp);base64,)/i.test(src)) return { tagName, attribs: { ...rest, src } };
  return { tagName, attribs: /^https?:\/\//i.test(src) ? { ...rest, 'data-src': src } : rest };
}
