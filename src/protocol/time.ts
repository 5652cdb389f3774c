import { DateTime } from 'luxon';

/** Epoch seconds as text, ShopXO's `*_time`; `0` where there is no time. */
export const epochSeconds = (time: Date | null): string =>
  String(time === null ? 0 : Math.floor(time.getTime() / 1_000));

/** `YYYY-MM-DD HH:mm:ss` in the shop's zone, ShopXO's `*_time_text`; empty where there is no time. */
export const timeText = (time: Date | null): string =>
  time === null ? '' : DateTime.fromJSDate(time).toFormat('yyyy-MM-dd HH:mm:ss');
