import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Metadata, Sharp } from 'sharp';
import { AvatarSettings } from '../../config/avatar.settings.js';
import { ProtocolException } from '../../protocol/protocol.exception.js';
import { unavailable } from '../../protocol/retry-later.js';
import { avatarFailures } from './avatar.failures.js';
import type { PictureExtension } from './avatar-path.js';
import { type Area, asStored, squareIn } from './picture-area.js';
import { formatOf } from './picture-format.js';
import { hasTooManyPixels, megapixelLimit, PIXEL_LIMIT } from './picture-limits.js';

/** Pixels of a side, at most. */
const SIDE = 512;

const JPEG_QUALITY = 85;
const WEBP_QUALITY = 85;

/** Formats that a decoder can make smaller by a half, or more, while it reads them. */
const SHRINKING: readonly Metadata['format'][] = ['jpeg', 'webp'];

/** What is to be made of an uploaded picture whose header is acceptable. */
export interface PictureOrder {
  readonly bytes: Buffer;
  readonly metadata: Metadata;
  /** The part to use, in pixels of the picture as it is shown; undefined for the whole. */
  readonly crop: Area | undefined;
  /** What the encoded picture will be. */
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

  constructor(private readonly settings: AvatarSettings) {
    this.turn = pLimit(settings.decoders);
  }

  /**
   * Looks at the header of a JPEG, PNG, WebP or GIF, told by its content. No pixel is decoded.
   *
   * @param crop in pixels of the picture as it is shown
   * @throws ProtocolException another format, too many pixels, damaged, or a crop outside of it
   */
  async inspect(bytes: Buffer, crop?: Area): Promise<PictureOrder> {
    const format = formatOf(bytes);
    if (!format) throw new ProtocolException(avatarFailures.notAPicture);
    const sharp = await this.load();
    const metadata = await reading(
      sharp(bytes, { animated: false, limitInputPixels: false }).metadata(),
    );
    check(metadata, format, crop);
    return { bytes, metadata, crop, extension: metadata.hasAlpha ? 'webp' : 'jpg' };
  }

  /**
   * Decodes a picture (its first frame) and encodes it anew: upright, cropped to its `crop` if there
   * is one and then to the square in its middle, at most 512 pixels wide and never enlarged, in
   * sRGB, without metadata or anything that was appended. One with an alpha channel becomes a WebP,
   * any other a JPEG.
   *
   * It takes up to 350 MB, most for a WebP of 40 megapixels with a crop, which is held twice; as
   * many at once as the settings say.
   *
   * @throws ProtocolException damaged; or unavailable, where it could not be done in time
   */
  async encode(order: PictureOrder): Promise<Buffer> {
    const sharp = await this.load();
    const { bytes, extension } = order;
    return this.turn(() => {
      const picture = sharp(bytes, {
        animated: false,
        limitInputPixels: PIXEL_LIMIT,
        failOn: 'error',
      });
      const square = toSquare(picture, order).timeout({ seconds: this.settings.decodeSeconds });
      const encoded =
        extension === 'webp'
          ? square.webp({ quality: WEBP_QUALITY })
          : square.jpeg({ quality: JPEG_QUALITY });
      return reading(encoded.toBuffer());
    });
  }

  private load(): ReturnType<typeof loadSharp> {
    this.sharp ??= loadSharp();
    return this.sharp;
  }
}

/** @throws ProtocolException too many pixels, or a crop that is not inside the picture */
function check(metadata: Metadata, format: Metadata['format'], crop?: Area): void {
  if (metadata.format !== format) throw new ProtocolException(avatarFailures.notAPicture);
  const { width, height } = metadata.autoOrient;
  if (hasTooManyPixels(metadata)) {
    const limit = megapixelLimit(metadata);
    throw new ProtocolException(avatarFailures.tooManyPixels, { limit });
  }
  if (crop && (crop.left + crop.width > width || crop.top + crop.height > height)) {
    throw new ProtocolException(avatarFailures.cropOutside, { width, height });
  }
}

/**
 * Crops, shrinks and turns a picture, in this order: only what is small is turned, which needs all
 * of it in memory. The decoder shrinks where it can and nothing is to be cropped; otherwise the
 * square is cut out first, so that the rest of a very wide picture is not kept.
 */
function toSquare(picture: Sharp, { metadata, crop }: PictureOrder): Sharp {
  const { autoOrient: shown, format, orientation = 1 } = metadata;
  const square = squareIn(crop ?? { left: 0, top: 0, ...shown });
  const side = Math.min(SIDE, square.width);
  const shrinks = !crop && SHRINKING.includes(format) && square.width >= 2 * SIDE;
  // Said before the cut, `autoOrient` would turn the whole picture.
  const cut = shrinks ? picture : picture.extract(asStored(square, shown, orientation));
  return cut.resize(side, side, { fit: 'cover', position: 'centre' }).autoOrient();
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
