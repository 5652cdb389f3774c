/**
 * Takes characters off both ends of a text. In linear time, which a regular expression for it does
 * not promise: on a long run in the middle it starts anew at each character.
 *
 * @param isTrimmed whether a UTF-16 unit is taken off
 */
export function trimWhere(text: string, isTrimmed: (unit: string) => boolean): string {
  let start = 0;
  let end = text.length;
  while (start < end && isTrimmed(text.charAt(start))) start += 1;
  while (end > start && isTrimmed(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** White space, and characters that only format: zero-width spaces, byte order and direction marks. */
const BLANK = /[\p{White_Space}\p{Cf}]/u;

/** Takes off what nobody sees around a word that was copied out of a chat or an address book. */
export const trimBlank = (text: string): string => trimWhere(text, (unit) => BLANK.test(unit));
