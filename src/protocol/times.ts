import { DateTime } from 'luxon';

/** ShopXO's instants: epoch seconds as text; `0` where there is none. */
export const epochSeconds = (time: Date | null): string =>
  String(time === null ? 0 : Math.floor(time.getTime() / 1_000));

/** `YYYY-MM-DD HH:mm:ss` in the shop's zone; empty where there is no time. */
export const timeText = (time: Date | null): string =>
  time === null ? '' : DateTime.fromJSDate(time).toFormat('yyyy-MM-dd HH:mm:ss');
