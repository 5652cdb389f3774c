import type { Metadata } from 'sharp';

const PIXELS_PER_MEGAPIXEL = 1_000_000;
const MEGAPIXEL_LIMIT = 40;

/** Pixels of a picture, at most. */
export const PIXEL_LIMIT = MEGAPIXEL_LIMIT * PIXELS_PER_MEGAPIXEL;

/** Bytes for which the pixels may stand while they are decoded: six for each of the most pixels. */
const DECODED_BYTE_LIMIT = 6 * PIXEL_LIMIT;

/**
 * How many megapixels a picture may have: 40, but 30 where a pixel has four channels of two bytes.
 * An interlaced PNG is held whole, and so are a JPEG's coefficients, which have two bytes each, where
 * it comes in several scans, as every progressive one does. WebP and GIF have one byte a channel.
 */
export function megapixelLimit({ format, channels, depth }: Metadata): number {
  const bytesPerPixel = channels * (depth === 'ushort' || format === 'jpeg' ? 2 : 1);
  const fitting = Math.floor(DECODED_BYTE_LIMIT / bytesPerPixel / PIXELS_PER_MEGAPIXEL);
  return Math.min(MEGAPIXEL_LIMIT, fitting);
}

/** Whether a picture has more pixels than {@link megapixelLimit} says. */
export const hasTooManyPixels = (metadata: Metadata): boolean =>
  metadata.width * metadata.height > megapixelLimit(metadata) * PIXELS_PER_MEGAPIXEL;
