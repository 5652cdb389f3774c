import { ExpiringMap } from './expiring-map.js';

let now: number;
let map: ExpiringMap<string>;

beforeEach(() => {
  now = 1_000;
  map = new ExpiringMap(3, () => now);
});

it('has a value until its time is over', () => {
  map.set('a', 'A', 100);
  now += 99;
  expect(map.get('a')).toEqual({ value: 'A', msLeft: 1 });
  now += 1;
  expect(map.get('a')).toBeUndefined();
  expect(map.get('b')).toBeUndefined();
});

it('holds no more than its capacity; the first goes', () => {
  for (let index = 0; index < 10_000; index += 1) map.set(`key ${index}`, 'value', 100);
  expect(map.size).toBe(3);
  expect(map.get('key 9997')).toBeDefined();
  expect(map.get('key 9996')).toBeUndefined();
});

it('keeps what was set anew longer than what was not', () => {
  for (const key of ['a', 'b', 'c', 'a', 'd']) map.set(key, key, 100);
  expect(map.get('a')).toBeDefined();
  expect(map.get('b')).toBeUndefined();
});

it('lets go of what has expired when something comes', () => {
  map.set('a', 'A', 100);
  map.set('b', 'B', 100);
  now += 100;
  map.set('c', 'C', 100);
  expect(map.size).toBe(1);
});
