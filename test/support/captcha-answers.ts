import { jest } from '@jest/globals';
import { CaptchaPainter } from '../../src/modules/verification/captcha-picture.js';

/**
 * What the pictures that are painted from here on show, in turn: the characters that the service
 * hands over to be painted.
 */
export function watchCaptchas(): string[] {
  const painted: string[] = [];
  const { value } = Object.getOwnPropertyDescriptor(CaptchaPainter.prototype, 'paint')!;
  const paint = value as CaptchaPainter['paint'];
  const spy = jest.spyOn(CaptchaPainter.prototype, 'paint');
  spy.mockImplementation(function (this: CaptchaPainter, answer, ...rest) {
    painted.push(answer);
    return paint.call(this, answer, ...rest);
  });
  return painted;
}
