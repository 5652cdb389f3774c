import fc from 'fast-check';
import { DateTime, Settings as ClockSettings } from 'luxon';
import { timeText } from './time.js';

const ownZone = ClockSettings.defaultZone;

afterEach(() => {
  ClockSettings.defaultZone = ownZone;
});

it('writes times in the zone of the moment, whatever was written before', () => {
  const few = fc.constantFrom(1_668_859_279_000, 1_668_859_279_999, 1_668_859_280_000);
  const any = fc.integer({ min: 0, max: 4_102_444_800_000 });
  const time = fc.record({
    ms: fc.oneof(few, any),
    zone: fc.constantFrom('Asia/Shanghai', 'UTC', 'America/New_York'),
  });
  fc.assert(
    fc.property(fc.array(time, { minLength: 3, maxLength: 12 }), (times) => {
      for (const { ms, zone } of times) {
        ClockSettings.defaultZone = zone;
        const expected = DateTime.fromMillis(ms, { zone }).toFormat('yyyy-MM-dd HH:mm:ss');
        expect(timeText(new Date(ms))).toBe(expected);
      }
    }),
  );
});
