import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { FailOnOptions, Metadata, Sharp } from 'sharp';
import { AvatarSettings } from '../../config/avatar.settings.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { unavailable } from '../../envelope/protocol.failures.js';
import { avatarFailures } from './avatar.messages.js';
import type { PictureExtension } from './avatar-path.js';
import { type Area, asStored, intersectionOf, squareIn } from './picture-area.js';
import { withEnd } from './picture-end.js';
import { formatOf } from './picture-format.js';
import { firstFrame } from './picture-frame.js';
import { hasTooManyPixels, megapixelLimit, PIXEL_LIMIT } from './picture-limits.js';

const JPEG_QUALITY = 85;
const WEBP_QUALITY = 85;

/** Formats that a decoder can make smaller by a half, or more, while it reads them. */
const SHRINKING: readonly Metadata['format'][] = ['jpeg', 'webp'];

const TRANSPARENT = { r: 0, g: 0, b: 0, alpha: 0 };

/** The output of encoding: the middle square of a picture, or all of it, with no side over `side` px. */
export interface PictureShape {
  readonly square: boolean;
  readonly side: number;
}

/** What is to be made of an uploaded picture whose header is acceptable. */
export interface PictureOrder {
  readonly bytes: Buffer;
  /** The parameter that it came in. */
  readonly field: string;
  readonly metadata: Metadata;
  /** The part to use, in pixels of the picture as it is shown; undefined for the whole. */
  readonly crop: Area | undefined;
  /** The part of a GIF's canvas that its first frame covers; undefined where that is all of it. */
  readonly frame: Area | undefined;
  /** What the encoded picture will be. */
  readonly extension: PictureExtension;
}

type LoadedSharp = typeof import('sharp').default;

/** Loaded at the first upload: it would add a fifth to the time that the service takes to start. */
async function loadSharp(): Promise<LoadedSharp> {
  const { default: sharp } = await import('sharp');
  // No two uploads are alike, and those that run at once are bounded here.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

/** Turns whatever was uploaded into a picture of ours, off the event loop. */
@Injectable()
export class PictureEncoder {
  private readonly turn: LimitFunction;
  private sharp?: Promise<LoadedSharp>;

  constructor(private readonly settings: AvatarSettings) {
    this.turn = pLimit(settings.decoders);
  }

  /**
   * Looks at the header of a JPEG, PNG, WebP or GIF, told by its content. No pixel is decoded.
   *
   * @param field the parameter that it came in, for messages
   * @param crop in pixels of the picture as it is shown; one that is a pixel outside is clipped
   * @throws ProtocolException another format, too many pixels, damaged, or a crop outside of it
   */
  async inspect(bytes: Buffer, field: string, crop?: Area): Promise<PictureOrder> {
    const format = formatOf(bytes);
    if (!format) throw new ProtocolException(avatarFailures.notAPicture, { field });
    const sharp = await this.load();
    const metadata = await reading(
      sharp(bytes, { animated: false, limitInputPixels: false }).metadata(),
      field,
    );
    check(metadata, format, field);
    const frame = frameOf(bytes, metadata);
    return {
      bytes,
      field,
      metadata,
      crop: crop && clipped(crop, metadata),
      frame,
      extension: metadata.hasAlpha || frame ? 'webp' : 'jpg',
    };
  }

  /**
   * Decodes a picture (its first frame) and encodes it anew: upright, cropped to its `crop` if there
   * is one and then to its shape, never enlarged, in sRGB, without metadata or anything that was
   * appended. One with transparent parts becomes a WebP, any other a JPEG.
   *
   * It takes up to 350 MB, most for a WebP of 40 megapixels with a crop, which is held twice; as
   * many at once as the settings say.
   *
   * @throws ProtocolException damaged; or unavailable, where it could not be done in time
   */
  async encode(order: PictureOrder, shape: PictureShape): Promise<Buffer> {
    const sharp = await this.load();
    return this.turn(async () => {
      try {
        return await reading(this.attempt(sharp, order, shape, 'error'), order.field);
      } catch (error) {
        const bytes = await this.completed(sharp, order, error);
        return reading(this.attempt(sharp, { ...order, bytes }, shape, 'warning'), order.field);
      }
    });
  }

  private async attempt(
    sharp: LoadedSharp,
    order: PictureOrder,
    shape: PictureShape,
    failOn: FailOnOptions,
  ): Promise<Buffer> {
    const shaped = order.frame
      ? resized(await this.frameOnCanvas(sharp, order, order.frame, shape), shape)
      : toShape(this.decode(sharp, order.bytes, failOn), order, shape);
    return this.timed(
      order.extension === 'webp'
        ? shaped.webp({ quality: WEBP_QUALITY })
        : shaped.jpeg({ quality: JPEG_QUALITY }),
    ).toBuffer();
  }

  /**
   * The bytes of a JPEG that lacks nothing but its end, with an end.
   *
   * @param failure why it could not be decoded
   * @throws the failure, where that is not all
   */
  private async completed(
    sharp: LoadedSharp,
    { bytes, field, metadata }: PictureOrder,
    failure: unknown,
  ): Promise<Buffer> {
    if (metadata.format !== 'jpeg' || !isUnreadable(failure)) throw failure;
    const completed = await reading(
      withEnd(bytes, metadata, (file, failOn) => this.timed(this.decode(sharp, file, failOn))),
      field,
    );
    if (!completed) throw failure;
    return completed;
  }

  /** The part of a GIF's canvas that is to be used, transparent where the frame is not. */
  private async frameOnCanvas(
    sharp: LoadedSharp,
    order: PictureOrder,
    frame: Area,
    shape: PictureShape,
  ): Promise<Sharp> {
    const area = partOf(order, shape);
    const part = intersectionOf(area, frame);
    if (part.width < 1 || part.height < 1) {
      const { width: w, height: h } = area;
      return sharp({ create: { width: w, height: h, channels: 4, background: TRANSPARENT } });
    }
    const { data, info } = await this.timed(this.decode(sharp, order.bytes, 'error'))
      .extract(part)
      .ensureAlpha()
      .extend({
        left: part.left - area.left,
        top: part.top - area.top,
        right: area.left + area.width - part.left - part.width,
        bottom: area.top + area.height - part.top - part.height,
        background: TRANSPARENT,
      })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } });
  }

  private decode(sharp: LoadedSharp, bytes: Buffer, failOn: FailOnOptions): Sharp {
    return sharp(bytes, { animated: false, limitInputPixels: PIXEL_LIMIT, failOn });
  }

  private timed(picture: Sharp): Sharp {
    return picture.timeout({ seconds: this.settings.decodeSeconds });
  }

  private load(): Promise<LoadedSharp> {
    this.sharp ??= loadSharp();
    return this.sharp;
  }
}

/** @throws ProtocolException too many pixels, or not what its first bytes say */
function check(metadata: Metadata, format: Metadata['format'], field: string): void {
  if (metadata.format !== format) {
    throw new ProtocolException(avatarFailures.notAPicture, { field });
  }
  if (hasTooManyPixels(metadata)) {
    const limit = megapixelLimit(metadata);
    throw new ProtocolException(avatarFailures.tooManyPixels, { field, limit });
  }
}

/** Pixels by which a crop may be outside: as many as rounding its numbers can make. */
const ROUNDING = 1;

/** @throws ProtocolException a crop that is outside by more than rounding, or altogether */
function clipped(crop: Area, { autoOrient: { width, height } }: Metadata): Area {
  const within = intersectionOf(crop, { left: 0, top: 0, width, height });
  const fits =
    crop.left + crop.width <= width + ROUNDING && crop.top + crop.height <= height + ROUNDING;
  if (!fits || within.width < 1 || within.height < 1) {
    throw new ProtocolException(avatarFailures.cropOutside, { width, height });
  }
  return within;
}

function frameOf(bytes: Buffer, { format, width, height }: Metadata): Area | undefined {
  const frame = format === 'gif' ? firstFrame(bytes) : undefined;
  if (!frame) return undefined;
  const shown = intersectionOf(frame, { left: 0, top: 0, width, height });
  return shown.width === width && shown.height === height ? undefined : shown;
}

/** The part of a picture to use, in pixels of the picture as it is shown. */
function partOf(
  { crop, metadata: { autoOrient: shown } }: PictureOrder,
  shape: PictureShape,
): Area {
  const area = crop ?? { left: 0, top: 0, width: shown.width, height: shown.height };
  return shape.square ? squareIn(area) : area;
}

/**
 * Crops, shrinks and turns a picture, in this order: only what is small is turned, which needs all
 * of it in memory. The decoder shrinks where it can and nothing is to be cropped; otherwise the
 * part is cut out first, so that the rest of a very wide picture is not kept.
 */
function toShape(picture: Sharp, order: PictureOrder, shape: PictureShape): Sharp {
  const { metadata, crop } = order;
  const { autoOrient: shown, format, orientation = 1 } = metadata;
  const part = partOf(order, shape);
  const shrinks = !crop && SHRINKING.includes(format) && part.width >= 2 * shape.side;
  // Said before the cut, `autoOrient` would turn the whole picture.
  const isWhole = !crop && !shape.square;
  const cut = shrinks || isWhole ? picture : picture.extract(asStored(part, shown, orientation));
  return resized(cut, shape).autoOrient();
}

const resized = (picture: Sharp, { square, side }: PictureShape): Sharp =>
  picture.resize(side, side, { fit: square ? 'cover' : 'inside', withoutEnlargement: true });

const isUnreadable = (error: unknown): boolean =>
  error instanceof ProtocolException && error.failure === avatarFailures.unreadable;

/** Tells a picture that takes too long from one that cannot be read. */
async function reading<Result>(work: Promise<Result>, field: string): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('timeout')) {
      throw unavailable(error);
    }
    throw new ProtocolException(avatarFailures.unreadable, { field }, {}, error);
  }
}
