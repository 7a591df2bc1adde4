/** The type of an image by its first bytes, whatever its server calls it. Null for all else: SVG can hold a program. */
export function imageType(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return beginnings.find(([beginning]) => beginning.test(head))?.[1] ?? null;
}

const beginnings: [RegExp, string][] = [
  [/^\x89PNG\r\n.\n/s, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^RIFF.{4}WEBP/s, 'image/webp'],
  [/^.{4}ftypavi[fs]/s, 'image/avif'],
  [/^BM.{4}\0\0\0\0/s, 'image/bmp'],
];
