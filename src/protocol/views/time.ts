import { shopTimeZone } from '../../config/time-zone.js';

/** By zone. Swedish is the locale that writes dates and times as ShopXO does. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}

/** A time that was written, by its second. */
interface WrittenTime {
  readonly second: number;
  readonly zone: string;
  readonly text: string;
}

/**
 * The two last ones. Many requests in one second are saved at that second, and ask for today; between
 * them they show other times.
 */
let newer: WrittenTime | undefined;
let older: WrittenTime | undefined;

/** In the shop's zone. */
function text(time: Date): string {
  const second = Math.floor(time.getTime() / 1_000);
  const zone = shopTimeZone();
  const known = [newer, older].find((one) => one?.second === second && one.zone === zone);
  const written = known ?? { second, zone, text: formatOf(zone).format(time) };
  if (written !== newer) [newer, older] = [written, newer];
  return written.text;
}

/** Epoch seconds as text, ShopXO's `*_time`; `0` where there is no time. */
export const epochSeconds = (time: Date | null): string =>
  String(time === null ? 0 : Math.floor(time.getTime() / 1_000));

/** `YYYY-MM-DD HH:mm:ss` in the shop's zone, ShopXO's `*_time_text`; empty where there is no time. */
export const timeText = (time: Date | null): string => (time === null ? '' : text(time));

/** `YYYY-MM-DD` in the shop's zone, ShopXO's `*_time_date`; empty where there is no time. */
export const dateText = (time: Date | null): string => timeText(time).slice(0, 'YYYY-MM-DD'.length);

/** Today in the shop's zone, `YYYY-MM-DD`. Dates in this form compare as text. */
export const today = (): string => dateText(new Date());
