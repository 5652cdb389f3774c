/** A part of a picture, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The EXIF orientations whose shown picture has the stored one's right edge on the left. */
const MIRRORED = [2, 3, 6, 7];

/** Those that have the stored one's lower edge at the top. */
const FLIPPED = [3, 4, 7, 8];

/** From this one on, rows are stored as columns. */
const FIRST_TURNED = 5;

/** The largest square in the middle of an area. */
export function squareIn({ left, top, width, height }: Area): Area {
  const side = Math.min(width, height);
  return {
    left: left + Math.floor((width - side) / 2),
    top: top + Math.floor((height - side) / 2),
    width: side,
    height: side,
  };
}

/**
 * Where an area of a picture lies in the picture as it is stored.
 *
 * @param area in pixels of the picture as it is shown
 * @param shown the size of the picture as it is shown
 * @param orientation EXIF's, 1 to 8: how the one becomes the other
 */
export function asStored(
  area: Area,
  shown: { readonly width: number; readonly height: number },
  orientation: number,
): Area {
  const left = MIRRORED.includes(orientation) ? shown.width - area.left - area.width : area.left;
  const top = FLIPPED.includes(orientation) ? shown.height - area.top - area.height : area.top;
  return orientation < FIRST_TURNED
    ? { left, top, width: area.width, height: area.height }
    : { left: top, top: left, width: area.height, height: area.width };
}

/** The part of an area that lies in another one; its width or height is below 1 where there is none. */
export function intersectionOf(one: Area, other: Area): Area {
  const left = Math.max(one.left, other.left);
  const top = Math.max(one.top, other.top);
  return {
    left,
    top,
    width: Math.min(one.left + one.width, other.left + other.width) - left,
    height: Math.min(one.top + one.height, other.top + other.height) - top,
  };
}
