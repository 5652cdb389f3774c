import type { FailOnOptions, Metadata, Sharp } from 'sharp';

const MARKER_START = 0xff;

/** The marker that ends a JPEG. */
const END = Buffer.from([MARKER_START, 0xd9]);

/** Each has more bits than a block of pixels can take, and they differ from the first bit on. */
const FILLERS = [0xaa, 0x55].map((byte) => Buffer.alloc(512, byte));

/** Rows of pixels that a JPEG decodes at once, at most. */
const LAST_ROWS = 32;

type Decode = (bytes: Buffer, failOn: FailOnOptions) => Sharp;

/**
 * Completes a JPEG that was cut off behind its last row of pixels, as cameras and transfers do.
 *
 * The decoder says where data are missing, but for the last rows: there it makes something up. So
 * these are decoded again with other bytes in place of what may be missing. They stay as they are
 * only if nothing is.
 *
 * @returns undefined where a row is incomplete
 * @throws Error where a row but the last ones cannot be decoded
 */
export async function withEnd(
  cut: Buffer,
  { width, height }: Metadata,
  decode: Decode,
): Promise<Buffer | undefined> {
  const rows = Math.min(LAST_ROWS, height);
  const lastRows = (file: Buffer, failOn: FailOnOptions): Promise<Buffer> =>
    decode(file, failOn)
      .extract({ left: 0, top: height - rows, width, height: rows })
      .raw()
      .toBuffer();
  const bytes = cut.at(-1) === MARKER_START ? cut.subarray(0, -1) : cut;
  const completed = Buffer.concat([bytes, END]);
  const expected = await lastRows(completed, 'warning');
  for (const filler of FILLERS) {
    // The decoder warns of a filler that it does not need.
    const filled = await lastRows(Buffer.concat([bytes, filler, END]), 'error');
    if (!filled.equals(expected)) return undefined;
  }
  return completed;
}
