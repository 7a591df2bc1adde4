import sanitizeHtml from 'sanitize-html';

const tags =
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr';
const color = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s,.%]{1,40}\)$/i, /^[a-z]{3,25}$/i];
const length = [/^(\d{1,4}(\.\d{1,4})?(px|pt|em|rem|ex|%)?\s?){1,4}$/i, /^auto$/i];
const word = [/^[a-z-]{1,30}$/i];

/** HTML that is safe to show: nothing runs, nothing is loaded, links leave no trace of us. */
export function sanitise(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: tags.split(' '),
    allowedAttributes: {
      '*': ['style', 'dir', 'lang', 'title', 'align', 'valign', 'bgcolor'],
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
    allowedSchemesByTag: { img: ['cid'] },
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    allowedStyles: { '*': styles },
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'template',
      'iframe',
      'object',
      'svg',
      'math',
    ],
    nestingLimit: 100,
    transformTags: { a: safeLink, img: blockedImage },
  });
}

/** Colours, fonts, sizes and borders; nothing that positions, hides or loads. */
const styles = {
  color,
  'background-color': color,
  'font-size': [...length, ...word],
  'font-weight': [/^(\d{3}|[a-z]{4,7})$/i],
  'font-style': word,
  'font-family': [/^[\w\s,'"-]{1,200}$/],
  'text-align': word,
  'text-decoration': word,
  'vertical-align': [...length, ...word],
  'white-space': word,
  'line-height': [...length, ...word],
  margin: length,
  'margin-left': length,
  'margin-right': length,
  'margin-top': length,
  'margin-bottom': length,
  padding: length,
  'padding-left': length,
  'padding-right': length,
  'padding-top': length,
  'padding-bottom': length,
  width: length,
  'max-width': length,
  'border-collapse': word,
  border: [/^[\w\s#.,()%]{1,60}$/],
  'border-left': [/^[\w\s#.,()%]{1,60}$/],
  'border-top': [/^[\w\s#.,()%]{1,60}$/],
  'border-bottom': [/^[\w\s#.,()%]{1,60}$/],
};

function safeLink(tagName: string, attribs: Record<string, string>) {
  return { tagName, attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' } };
}

/** A remote image tells its owner that the mail was read: it keeps its address for the day somebody asks for it. */
function blockedImage(tagName: string, attribs: Record<string, string>) {
  const { src = '', 'data-src': _claimed, ...rest } = attribs;
  if (/^cid:/i.test(src)) return { tagName, attribs: { ...rest, src } };
  return { tagName, attribs: /^https?:\/\//i.test(src) ? { ...rest, 'data-src': src } : rest };
}
