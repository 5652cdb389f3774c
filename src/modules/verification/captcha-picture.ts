import { randomInt } from 'node:crypto';

/** Digits and capitals that nobody takes for one another. */
const CHARACTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** ShopXO's clients take four characters. */
const LENGTH = 4;

/** A picture of characters for people to read. */
export interface CaptchaPicture {
  readonly svg: string;
  readonly answer: string;
}

/** What the package is itself: a function, which its types do not know. */
type Draw = (text: string, options: { noise: number; color: boolean }) => string;

/**
 * Draws a captcha as SVG. The characters come from `node:crypto`, for the package's own are those of
 * `Math.random`, which can be foretold. A program can read such a picture too: it makes guessing
 * dearer, and it is no substitute for counting the guesses.
 */
export async function drawCaptcha(): Promise<CaptchaPicture> {
  // The package reads a font when it is loaded, so the first picture pays for it and not the start.
  const { default: svgCaptcha } = await import('svg-captcha');
  const draw = svgCaptcha as unknown as Draw;
  const answer = Array.from(
    { length: LENGTH },
    () => CHARACTERS[randomInt(CHARACTERS.length)],
  ).join('');
  return { svg: draw(answer, { noise: 3, color: true }), answer };
}
