/** A point of a stroke, in a box of 0 to 1 in both directions, from the upper left. */
export type Point = readonly [x: number, y: number];

/** The points of a pen's way from where it is put down to where it is lifted. */
export type Stroke = readonly Point[];

/**
 * Digits and capitals as a pen draws them, in a box 6 wide and 8 high: points of a stroke, strokes
 * with a bar between them. They are drawn here because a picture needs no more of a font than this,
 * and strokes can be bent. Characters that are easily taken for one another are left out.
 */
const DRAWN: Readonly<Record<string, string>> = {
  2: '0,2 1,0 3,-.2 5,.3 5.8,2 5,3.8 3,5.6 0,8 3,8 6,8',
  3: '.3,.5 2.5,-.2 5,.6 5.4,2.2 4.4,3.5 2.6,3.8 4.8,4.3 5.9,6 5,7.6 2.5,8.2 0,7.4',
  5: '5.6,0 3.2,0 .8,0 .6,1.8 .4,3.6 2.5,3 4.8,3.6 5.8,5.6 4.8,7.6 2.4,8.2 0,7.4',
  6: '5,0 2.8,1 1,3.2 .2,5.6 1,7.6 3,8.2 5.2,7.4 5.8,5.6 4.8,4 3,3.5 1.2,4.2 .3,5.6',
  7: '0,0 3,0 6,0 4.6,2.6 3,5.4 2,8',
  9: '5.7,2.4 4.8,4 3,4.6 1,4 .2,2.3 1,.5 3,-.2 5,.5 5.8,2.4 5,5 3.2,7.2 1,8',
  A: '0,8 1.5,4 3,0 4.5,4 6,8|1.2,5.2 3,5.2 4.8,5.2',
  C: '5.8,1.4 4.4,.1 2.6,0 .8,1.4 0,4 .8,6.6 2.6,8 4.4,7.9 5.8,6.6',
  E: '5.6,0 2.8,0 0,0 0,4 0,8 2.8,8 5.6,8|0,4 2.4,4 4.8,4',
  F: '5.6,0 2.8,0 0,0 0,4 0,8|0,4 2.4,4 4.8,4',
  H: '0,0 0,4 0,8|6,0 6,4 6,8|0,4 3,4 6,4',
  K: '0,0 0,4 0,8|5.6,0 2.8,2.4 0,4.8|1.6,3.6 3.6,5.8 5.8,8',
  M: '0,8 .2,4 .4,0 1.8,2.8 3.2,5.4 4.6,2.8 6,0 6.2,4 6.4,8',
  N: '0,8 0,4 0,0 3,4 6,8 6,4 6,0',
  P: '0,8 0,4 0,0 3,0 5,.4 5.8,2.3 5,4.1 3,4.6 0,4.6',
  R: '0,8 0,4 0,0 3,0 5,.4 5.6,2.1 5,3.8 3,4.3 0,4.3|2.4,4.3 4.2,6.2 5.8,8',
  T: '0,0 3,0 6,0|3,0 3,4 3,8',
  U: '0,0 0,3 .2,6 1.4,7.8 3,8.2 4.6,7.8 5.8,6 6,3 6,0',
  W: '0,0 .9,4 1.8,8 2.6,5 3.4,2 4.2,5 5,8 5.9,4 6.8,0',
  X: '0,0 3,4 6,8|6,0 3,4 0,8',
  Y: '0,0 1.5,2 3,4 4.5,2 6,0|3,4 3,6 3,8',
};

const [WIDTH, HEIGHT] = [6, 8];

const strokesOf = (drawn: string): Stroke[] =>
  drawn.split('|').map((stroke) =>
    stroke.split(' ').map((point): Point => {
      const [x = 0, y = 0] = point.split(',').map(Number);
      return [x / WIDTH, y / HEIGHT];
    }),
  );

/** The strokes of every character that a captcha may have. */
export const GLYPHS: ReadonlyMap<string, readonly Stroke[]> = new Map(
  Object.entries(DRAWN).map(([character, drawn]) => [character, strokesOf(drawn)]),
);
