import fc from 'fast-check';
import { setShopTimeZone, shopTimeZone } from '../../config/time-zone.js';
import { timeText } from './time.js';

const ownZone = shopTimeZone();

afterEach(() => setShopTimeZone(ownZone));

/** Zones that are the same number of hours from UTC all the year since 1992. */
const HOURS = { 'Asia/Shanghai': 8, UTC: 0, 'America/Phoenix': -7 } as const;
type Zone = keyof typeof HOURS;

it('writes times in the zone of the moment, whatever was written before', () => {
  const few = fc.constantFrom(1_668_859_279_000, 1_668_859_279_999, 1_668_859_280_000);
  const any = fc.integer({ min: Date.UTC(1992, 1), max: Date.UTC(2100, 1) });
  const time = fc.record({
    ms: fc.oneof(few, any),
    zone: fc.constantFrom(...(Object.keys(HOURS) as Zone[])),
  });
  fc.assert(
    fc.property(fc.array(time, { minLength: 3, maxLength: 12 }), (times) => {
      for (const { ms, zone } of times) {
        setShopTimeZone(zone);
        const local = new Date(ms + HOURS[zone] * 3_600_000).toISOString();
        expect(timeText(new Date(ms))).toBe(local.slice(0, 19).replace('T', ' '));
      }
    }),
  );
});
