import { jest } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { protocolMessages } from '../../envelope/protocol.failures.js';
import { Text } from './text.decorators.js';

class Example {
  @Text({ label: protocolMessages('field.application'), max: 60 })
  name!: unknown;
}

const transform = (name: unknown): unknown => plainToInstance(Example, { name }).name;

it.each([
  [' e\u0301 ', '\u00e9'],
  ['\u3000上海\uFEFF', '上海'],
  [7, 7],
  [null, null],
])('trims text and brings it into NFC, and leaves other types: %j', (given, expected) => {
  expect(transform(given)).toBe(expected);
});

it('normalises whatever could still be within the limit', () => {
  const longest = 'α\u0313\u0300\u0345'.repeat(60);
  expect(transform(longest)).toBe('\u1f82'.repeat(60));
});

it('does not spend time on normalising what is too long in any form', () => {
  const normalize = jest.spyOn(String.prototype, 'normalize');
  const slow = `a${'\u0345'.repeat(300)}${'\u0301'.repeat(300)}`;
  expect(transform(slow)).toBe(slow);
  expect(normalize).not.toHaveBeenCalled();
  normalize.mockRestore();
});
