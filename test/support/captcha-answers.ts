import { jest } from '@jest/globals';
import draw from 'svg-captcha';

/**
 * What the pictures that are drawn from here on show, in turn: the characters that the service hands
 * over to be drawn. To be called before the first picture.
 */
export function watchCaptchas(): string[] {
  const drawn: string[] = [];
  const real = draw as unknown as (text: string, options: object) => string;
  jest.unstable_mockModule('svg-captcha', () => ({
    default: (text: string, options: object) => {
      drawn.push(text);
      return real(text, options);
    },
  }));
  return drawn;
}
