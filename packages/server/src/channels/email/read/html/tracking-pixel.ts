/** Whether a picture is too small to be one: it is there to tell that the mail was read. */
export function isTrackingPixel({ width, height, style = '' }: Record<string, string>): boolean {
  return isPoint(width ?? inStyle(style, 'width')) && isPoint(height ?? inStyle(style, 'height'));
}

const isPoint = (length: string | undefined): boolean =>
  /^\s*[012](\.\d+)?\s*(px)?\s*(!important)?\s*$/i.test(length ?? '');

const inStyle = (style: string, property: 'width' | 'height'): string | undefined =>
  new RegExp(`(?:^|;)\\s*${property}\\s*:([^;]{1,40})`, 'i').exec(style.slice(0, 2000))?.[1];
