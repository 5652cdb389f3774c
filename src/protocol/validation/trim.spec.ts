import { trimBlank, trimWhere } from './text.decorators.js';

it.each([
  ['', ''],
  ['a', 'a'],
  ['xax', 'a'],
  ['xxaxxbxx', 'axxb'],
  ['xxx', ''],
])('takes characters off both ends and no other: %j', (text, expected) => {
  expect(trimWhere(text, (unit) => unit === 'x')).toBe(expected);
});

it('looks at each character of a run once', () => {
  const looked = (text: string): number => {
    let count = 0;
    trimWhere(text, (unit) => {
      count += 1;
      return unit === ' ';
    });
    return count;
  };
  expect(looked(`x${' '.repeat(100_000)}x`)).toBe(2);
  expect(looked(' '.repeat(100_000))).toBe(100_000);
});

it.each([' ', '\t', '\n', '\u0085', '\u00a0', '\u2003', '\u3000', '\u200b', '\u202c', '\ufeff'])(
  'takes off what nobody sees: %j',
  (blank) => {
    expect(trimBlank(`${blank}${blank}a${blank}b${blank}`)).toBe(`a${blank}b`);
    expect(trimBlank(blank)).toBe('');
  },
);

it.each(['\0', '\u0301', '😀', '\ud800', '_', '.'])('leaves everything else: %j', (text) => {
  expect(trimBlank(text)).toBe(text);
});
