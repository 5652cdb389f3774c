import type { Area } from './picture-area.js';

const HEADER_BYTES = 13;
const HAS_COLOUR_TABLE = 0x80;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const IMAGE_BYTES = 9;

/**
 * Where the first frame of a GIF lies on its canvas. A frame may be smaller, and nothing is drawn
 * around it: the canvas is transparent there, although no pixel of the file says so.
 *
 * @returns undefined where no frame is found
 */
export function firstFrame(gif: Buffer): Area | undefined {
  const flags = gif[HEADER_BYTES - 3] ?? 0;
  const colours = flags & HAS_COLOUR_TABLE ? 2 ** ((flags & 7) + 1) : 0;
  let at = HEADER_BYTES + colours * 3;
  while (gif[at] === EXTENSION) at = afterBlocks(gif, at + 2);
  if (gif[at] !== IMAGE || at + IMAGE_BYTES > gif.length) return undefined;
  const [left, top, width, height] = [1, 3, 5, 7].map((offset) => gif.readUInt16LE(at + offset));
  return { left, top, width, height } as Area;
}

/** The place behind a series of blocks, each with its length before it; one of length 0 ends it. */
function afterBlocks(gif: Buffer, start: number): number {
  let at = start;
  for (let length = gif[at] ?? 0; length > 0; length = gif[at] ?? 0) at += length + 1;
  return at + 1;
}
