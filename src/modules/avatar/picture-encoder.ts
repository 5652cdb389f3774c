import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Metadata, Sharp, SharpOptions } from 'sharp';
import { AvatarSettings } from '../../config/avatar.settings.js';
import { ProtocolException } from '../../protocol/protocol.exception.js';
import { unavailable } from '../../protocol/retry-later.js';
import { avatarFailures } from './avatar.failures.js';
import type { PictureExtension } from './avatar-path.js';

/** Pixels of a side, at most. */
const SIDE = 512;

const MEGAPIXEL_LIMIT = 40;
const PIXEL_LIMIT = MEGAPIXEL_LIMIT * 1_000_000;

/** Seconds for decoding and encoding one picture. */
const TIMEOUT_SECONDS = 10;

const JPEG_QUALITY = 85;
const WEBP_QUALITY = 85;

/** How a file of each accepted format begins, in Latin-1; a dot is any byte. */
const SIGNATURES: readonly (readonly [format: Metadata['format'], start: string])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['webp', 'RIFF....WEBP'],
];

/** A part of a picture, in pixels of the picture as it is shown. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A picture as it is stored. */
export interface EncodedPicture {
  readonly bytes: Buffer;
  readonly extension: PictureExtension;
}

/** Loaded at the first upload: it would add a fifth to the time that the service takes to start. */
async function loadSharp(): Promise<typeof import('sharp').default> {
  const { default: sharp } = await import('sharp');
  // No two uploads are alike, and those that run at once are bounded here.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

/** Turns whatever was uploaded into a small square picture of ours, off the event loop. */
@Injectable()
export class PictureEncoder {
  private readonly turn: LimitFunction;
  private sharp?: ReturnType<typeof loadSharp>;

  constructor(settings: AvatarSettings) {
    this.turn = pLimit(settings.decoders);
  }

  /**
   * Decodes a JPEG, PNG, WebP or GIF (its first frame), told by its content, and encodes it anew:
   * upright, cropped to `crop` if there is one and then to the square in its middle, at most 512
   * pixels wide and never enlarged, in sRGB, without metadata or anything that was appended. One
   * with an alpha channel becomes a WebP, any other a JPEG.
   *
   * @throws ProtocolException another format, too many pixels, damaged, or a crop outside of it; or
   *   unavailable, where it could not be done in time
   */
  async encode(bytes: Buffer, crop?: Crop): Promise<EncodedPicture> {
    const format = formatOf(bytes);
    if (!format) throw new ProtocolException(avatarFailures.notAPicture);
    this.sharp ??= loadSharp();
    const sharp = await this.sharp;
    const open = (options: SharpOptions) => sharp(bytes, { animated: false, ...options });
    return this.turn(async () => {
      // The header alone; nothing is decoded before its numbers are known to be harmless.
      const metadata = await reading(open({ limitInputPixels: false }).metadata());
      check(metadata, format, crop);
      const picture = open({ limitInputPixels: PIXEL_LIMIT, failOn: 'error' });
      return reading(encode(picture, metadata, crop));
    });
  }
}

function formatOf(bytes: Buffer): Metadata['format'] | undefined {
  const begins = (signature: string): boolean =>
    Array.from(signature).every(
      (byte, index) => byte === '.' || byte.charCodeAt(0) === bytes[index],
    );
  return SIGNATURES.find(([, signature]) => begins(signature))?.[0];
}

/** @throws ProtocolException too many pixels, or a crop that is not inside the picture */
function check(metadata: Metadata, format: Metadata['format'], crop?: Crop): void {
  if (metadata.format !== format) throw new ProtocolException(avatarFailures.notAPicture);
  const { width, height } = metadata.autoOrient;
  if (width * height > PIXEL_LIMIT) {
    throw new ProtocolException(avatarFailures.tooManyPixels, { limit: MEGAPIXEL_LIMIT });
  }
  if (crop && (crop.left + crop.width > width || crop.top + crop.height > height)) {
    throw new ProtocolException(avatarFailures.cropOutside, { width, height });
  }
}

async function encode(
  picture: Sharp,
  { autoOrient, hasAlpha }: Metadata,
  crop?: Crop,
): Promise<EncodedPicture> {
  const { width, height } = crop ?? autoOrient;
  const side = Math.min(SIDE, width, height);
  const upright = picture.autoOrient();
  const square = (crop ? upright.extract(crop) : upright)
    .resize(side, side, { fit: 'cover', position: 'centre' })
    .timeout({ seconds: TIMEOUT_SECONDS });
  return hasAlpha
    ? { bytes: await square.webp({ quality: WEBP_QUALITY }).toBuffer(), extension: 'webp' }
    : { bytes: await square.jpeg({ quality: JPEG_QUALITY }).toBuffer(), extension: 'jpg' };
}

/** Tells a picture that takes too long from one that cannot be read. */
async function reading<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('timeout')) {
      throw unavailable(error);
    }
    throw new ProtocolException(avatarFailures.unreadable, {}, {}, error);
  }
}
