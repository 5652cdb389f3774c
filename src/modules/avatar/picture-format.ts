import type { Metadata } from 'sharp';

/** How a file of each accepted format begins, in Latin-1; a dot is any byte. */
const SIGNATURES: readonly (readonly [format: Metadata['format'], start: string])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['webp', 'RIFF....WEBP'],
];

/** Tells a JPEG, PNG, WebP or GIF by its first bytes; undefined for any other file. */
export function formatOf(bytes: Buffer): Metadata['format'] | undefined {
  const begins = (signature: string): boolean =>
    Array.from(signature).every(
      (byte, index) => byte === '.' || byte.charCodeAt(0) === bytes[index],
    );
  return SIGNATURES.find(([, signature]) => begins(signature))?.[0];
}
