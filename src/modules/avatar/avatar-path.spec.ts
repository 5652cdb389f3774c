import { jest } from '@jest/globals';
import { contentTypeOf, newAvatarPath } from './avatar-path.js';

it('makes paths that are told to be pictures, each another', () => {
  expect(contentTypeOf(newAvatarPath('jpg'))).toBe('image/jpeg');
  expect(contentTypeOf(newAvatarPath('webp'))).toBe('image/webp');
  expect(newAvatarPath('jpg')).not.toBe(newAvatarPath('jpg'));
});

it.each([
  ['another folder', (path: string) => path.replace('user_avatar', 'other')],
  ['another extension', (path: string) => path.replace('.jpg', '.png')],
  ['upper case', (path: string) => path.replace(/[0-9a-f]{32}/, 'A'.repeat(32))],
  ['something before it', (path: string) => `/x${path}`],
  ['something after it', (path: string) => `${path}\n`],
])('takes a path with %s for none', (_, change) => {
  expect(contentTypeOf(change(newAvatarPath('jpg')))).toBeUndefined();
});

it('puts a picture into the folder of the month in the zone of the shop', () => {
  jest.useFakeTimers({ now: Date.parse('2022-12-31T16:00:00Z') });
  try {
    expect(newAvatarPath('jpg')).toContain('/user_avatar/2023/01/');
  } finally {
    jest.useRealTimers();
  }
});
