import { readSettings } from '../../config/env.js';
import { UserAddressSettings } from '../../config/user-address.settings.js';
import { IdCardCipher } from './id-card-cipher.js';

const OLD = '00'.repeat(32);
const NEW = 'ff'.repeat(32);
const NUMBER = '11010519491231002X';

const cipher = (keys = '') =>
  new IdCardCipher(readSettings(UserAddressSettings, { ID_CARD_KEY: keys }));

/** The text with one character of another value at a place. */
const changedAt = (text: string, place: number): string =>
  text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1);

it.each([NUMBER, '1', 'x'.repeat(30)])('opens what it sealed: %s', (number) => {
  const sealed = cipher(OLD).seal(number, '7')!;
  expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[A-Za-z0-9_-]{39,78}$/);
  expect(cipher(OLD).open(sealed, '7')).toBe(number);
});

it('never seals alike', () => {
  const one = cipher(OLD);
  expect(new Set(Array.from({ length: 100 }, () => one.seal(NUMBER, '7'))).size).toBe(100);
});

it('needs no key for an empty number, and one for any other', () => {
  expect(cipher().seal('', '7')).toBe('');
  expect(cipher().open('', '7')).toBe('');
  expect(cipher().seal('1', '7')).toBeUndefined();
});

it('seals with the first key and opens with all', () => {
  const old = cipher(OLD).seal(NUMBER, '7')!;
  const rotated = cipher(`${NEW},${OLD}`);
  expect(rotated.open(old, '7')).toBe(NUMBER);
  expect(cipher(NEW).open(rotated.seal(NUMBER, '7')!, '7')).toBe(NUMBER);
  expect(() => cipher(NEW).open(old, '7')).toThrow('ID_CARD_KEY lacks the key ');
});

it('opens nothing for another user', () => {
  const sealed = cipher(OLD).seal(NUMBER, '7')!;
  expect(() => cipher(OLD).open(sealed, '8')).toThrow('authenticate');
});

it('opens nothing that was changed, cut or made up', () => {
  const sealed = cipher(OLD).seal(NUMBER, '7')!;
  const bodyAt = 'v1.00000000.'.length;
  // Two of the nonce's characters, of the tag's, of the ciphertext's.
  for (const place of [0, 5, 17, 30, 40, 50]) {
    expect(() => cipher(OLD).open(changedAt(sealed, bodyAt + place), '7')).toThrow();
  }
  expect(() => cipher(OLD).open(sealed.slice(0, -4), '7')).toThrow();
  expect(() => cipher(OLD).open(sealed.slice(0, bodyAt + 30), '7')).toThrow();
  expect(() => cipher(OLD).open(sealed.replace('v1', 'v2'), '7')).toThrow();
});
