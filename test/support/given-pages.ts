import fc from 'fast-check';

const number = fc.oneof(
  fc.integer({ min: -2, max: 12 }),
  fc.integer({ min: 1, max: 12 }).map(String),
  fc.constantFrom(100, 101, 10_000, 10_001, 1e300, 1.5, '01', ' 1', '1e1', '-0', '', true),
);
const value = fc.oneof({ weight: 4, arbitrary: number }, fc.jsonValue());

/** `page` and `page_size` as a client may send them, right and wrong. */
export const givenPages = fc.record({ page: value, page_size: value }, { requiredKeys: [] });

/** The part of a list that they ask for; undefined where they are to be refused. */
export function partOf({
  page,
  page_size,
}: {
  page?: unknown;
  page_size?: unknown;
}): { start: number; end: number } | undefined {
  if (!isTaken(page, 10_000) || !isTaken(page_size, 100)) return undefined;
  const size = Number(page_size ?? 20);
  const start = (Number(page ?? 1) - 1) * size;
  return { start, end: start + size };
}

const isTaken = (given: unknown, most: number): boolean =>
  given === undefined ||
  ((typeof given === 'string' || typeof given === 'number') &&
    /^[1-9]\d*$/.test(String(given)) &&
    Number(given) <= most);
