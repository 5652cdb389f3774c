import { ValidateBy } from 'class-validator';

let shopZone = 'Asia/Shanghai';

/** Sets the zone of {@link shopTimeZone}, for the whole process. */
export const setShopTimeZone = (zone: string): void => {
  shopZone = zone;
};

/** The zone in which the shop shows times and in which its days begin: `APP_TIMEZONE`. */
export const shopTimeZone = (): string => shopZone;

/** An IANA name. Node.js from 22 on would take offsets as well, such as +08:00. */
function isTimeZoneName(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[A-Za-z]/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** The value is a time zone's name that this Node.js knows. */
export const IsTimeZoneName = (): PropertyDecorator =>
  ValidateBy({ name: 'isTimeZoneName', validator: { validate: isTimeZoneName } });
