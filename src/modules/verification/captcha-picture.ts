import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { GLYPHS, type Point, type Stroke } from './captcha-glyphs.js';

/** ShopXO's clients take four characters. */
const LENGTH = 4;

/** Twice what ShopXO's clients show, for screens with small pixels. */
const [WIDTH, HEIGHT] = [200, 80];

/** From an edge to the middle of the character there. */
const MARGIN = 29;

const PAPER = '#f3f1ea';
const LINES = 2;
const INKS = ['#1f3a68', '#6b1f3a', '#22543d', '#5a3a10'] as const;

/** A number from 0 to 1, without 1. */
export type Random = () => number;

const RANDOM_STEPS = 2 ** 32;

/** Of `node:crypto`, for numbers of `Math.random` can be foretold. */
const unforeseeable: Random = () => randomInt(RANDOM_STEPS) / RANDOM_STEPS;

/** What a picture shows: four of the characters that are told apart well. */
export function drawAnswer(): string {
  const characters = [...GLYPHS.keys()];
  return Array.from({ length: LENGTH }, () => characters[randomInt(characters.length)]).join('');
}

/** Paints captchas. */
@Injectable()
export class CaptchaPainter {
  /**
   * Paints characters for people to read, as a PNG. They are bent, turned, of unequal size and close
   * together, and lines of the same ink run through them: programs that read print find neither
   * where a character ends nor its form. A program that was made for these pictures can still learn
   * them, so guesses are counted all the same.
   */
  async paint(answer: string, random: Random = unforeseeable): Promise<Buffer> {
    // Loaded for the first picture, so that the start does not wait for it.
    const { default: sharp } = await import('sharp');
    return sharp(Buffer.from(toSvg(answer, random)))
      .png()
      .toBuffer();
  }
}

function toSvg(answer: string, random: Random): string {
  const between = (low: number, high: number): number => low + random() * (high - low);
  const sign = (): number => (random() < 0.5 ? -1 : 1);
  const ink = INKS[Math.floor(random() * INKS.length)] ?? INKS[0];
  const wave = waveOf(between);
  const paths: string[] = [];
  const paint = (stroke: Stroke, width: number): void => {
    paths.push(`<path d="${curveThrough(stroke.map(wave))}" stroke-width="${width.toFixed(1)}"/>`);
  };

  const step = (WIDTH - 2 * MARGIN) / (answer.length - 1);
  Array.from(answer).forEach((character, index) => {
    const middle: Point = [MARGIN + index * step + between(-4, 4), HEIGHT / 2 + between(-5, 5)];
    const size: Point = [between(29, 36), between(40, 48)];
    const place = placed(middle, size, sign() * between(0.1, 0.42), between(-0.25, 0.25));
    const width = between(4, 5.5);
    for (const stroke of GLYPHS.get(character) ?? []) paint(stroke.map(place), width);
  });
  for (let line = 0; line < LINES; line += 1) {
    const heights = [between(8, 72), between(12, 68), between(12, 68), between(8, 72)];
    paint(
      heights.map((y, index): Point => [-5 + (index * (WIDTH + 10)) / 3, y]),
      between(2, 2.8),
    );
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">` +
    `<rect width="100%" height="100%" fill="${PAPER}"/>` +
    `<g fill="none" stroke="${ink}" stroke-linecap="round" stroke-linejoin="round">` +
    `${paths.join('')}</g></svg>`
  );
}

type Move = (point: Point) => Point;

/** Puts a box of 0 to 1 around a middle, in a size, slanted and turned. */
function placed([left, top]: Point, [width, height]: Point, turn: number, slant: number): Move {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return ([x, y]) => {
    const [across, down] = [(x - 0.5 - slant * (y - 0.5)) * width, (y - 0.5) * height];
    return [left + across * cos - down * sin, top + across * sin + down * cos];
  };
}

/** Bends the whole picture. */
function waveOf(between: (low: number, high: number) => number): Move {
  const [lift, shift] = [between(3, 5), between(2, 4)];
  const [long, high] = [between(45, 75), between(25, 40)];
  const [one, other] = [between(0, 7), between(0, 7)];
  return ([x, y]) => [
    x + shift * Math.sin((y / high) * Math.PI + other),
    y + lift * Math.sin((x / long) * Math.PI + one),
  ];
}

/** An SVG path through points, round where it turns. */
function curveThrough(points: readonly Point[]): string {
  const written = ([x, y]: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return points
    .map((point, index) => {
      const next = points[index + 1];
      if (index === 0) return `M${written(point)}`;
      if (!next) return `L${written(point)}`;
      const middle: Point = [(point[0] + next[0]) / 2, (point[1] + next[1]) / 2];
      return `Q${written(point)} ${written(middle)}`;
    })
    .join('');
}
