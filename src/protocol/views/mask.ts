/** How much of a text stays, in characters, and how many stars stand for the rest. */
interface Mask {
  readonly start: number;
  readonly end: number;
  readonly stars: number;
}

/** The text with its middle replaced by stars. */
export function maskMiddle(text: string, { start, end, stars }: Mask): string {
  const characters = Array.from(text);
  const shown = [characters.slice(0, start), characters.slice(-end)].map((part) => part.join(''));
  return shown.join('*'.repeat(stars));
}
