import { expect, it } from 'vitest';
import { imageType } from './image-type.js';

it.each([
  ['a PNG', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
  ['a JPEG', '\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg'],
  ['a GIF', 'GIF89a\x01\0\x01\0', 'image/gif'],
  ['a WebP', 'RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
  ['an AVIF', '\0\0\0\x20ftypavif\0\0', 'image/avif'],
  ['a page', '<!doctype html><script>', null],
  ['a drawing that can hold a program', '<svg xmlns="http://www.w3.org/2000/svg">', null],
  ['nothing', '', null],
])('knows %s by its bytes', (_what, bytes, type) => {
  expect(imageType(Buffer.from(bytes, 'latin1'))).toBe(type);
});
