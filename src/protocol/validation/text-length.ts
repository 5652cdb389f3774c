/**
 * UTF-16 units that text may have, as it was sent, for each code point of its limit. NFC makes at most
 * four units one and a code point may be two, so nothing longer has a form within the limit unless
 * most of it is white space.
 */
const SENT_UNITS = 8;

/**
 * Whether text is short enough to be worked on. Asked before anything else is done with it: trimming,
 * normalising (which takes quadratic time on long runs of combining marks), matching and hashing all
 * take longer the longer it is. Takes constant time.
 *
 * @param max code points of the text's limit
 */
export const isWorkable = (text: string, max: number): boolean => text.length <= max * SENT_UNITS;

/** Whether text has from `min` to `max` code points. The time is bounded by `max`. */
export function hasLength(text: string, min: number, max: number): boolean {
  // A code point has at most two units.
  if (text.length > max * 2) return false;
  let count = 0;
  for (const _ of text) count += 1;
  return count >= min && count <= max;
}
