/** Changes the attributes of every image of sanitised HTML, where "<" and ">" stand for tags alone and values are quoted. */
export const eachImage = (html: string, change: (attributes: string) => string | null): string =>
  html.replace(/<img ([^<>]*)\/>/g, (_tag, attributes: string) => {
    const changed = change(attributes);
    return changed === null ? '' : `<img ${changed}/>`;
  });

export const escapeAttribute = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const unescapeAttribute = (value: string): string =>
  value.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
