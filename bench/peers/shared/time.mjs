// The shop's clock, in the service's default zone.
const FORMAT = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** @param {Date | null} time @returns `YYYY-MM-DD HH:mm:ss`; empty where there is no time */
export const timeText = (time) => (time === null ? '' : FORMAT.format(time));

/** @param {Date | null} time @returns epoch seconds as text */
export const epochSeconds = (time) =>
  time === null ? '0' : String(Math.floor(time.getTime() / 1_000));

/** @returns `YYYY-MM-DD` */
export const today = () => timeText(new Date()).slice(0, 10);
