import { asStored, squareIn } from './picture-area.js';

it.each([
  ['a wide area', { left: 10, top: 20, width: 9, height: 4 }, { left: 12, top: 20, side: 4 }],
  ['a high area', { left: 0, top: 0, width: 3, height: 10 }, { left: 0, top: 3, side: 3 }],
  ['a square', { left: 1, top: 2, width: 5, height: 5 }, { left: 1, top: 2, side: 5 }],
])('finds the square in the middle of %s', (_, area, { left, top, side }) => {
  expect(squareIn(area)).toEqual({ left, top, width: side, height: side });
});

it.each([
  [1, { left: 10, top: 5, width: 30, height: 20 }],
  [2, { left: 60, top: 5, width: 30, height: 20 }],
  [3, { left: 60, top: 25, width: 30, height: 20 }],
  [4, { left: 10, top: 25, width: 30, height: 20 }],
  [5, { left: 5, top: 10, width: 20, height: 30 }],
  [6, { left: 5, top: 60, width: 20, height: 30 }],
  [7, { left: 25, top: 60, width: 20, height: 30 }],
  [8, { left: 25, top: 10, width: 20, height: 30 }],
])('finds an area where a picture of orientation %d stores it', (orientation, stored) => {
  const area = { left: 10, top: 5, width: 30, height: 20 };
  expect(asStored(area, { width: 100, height: 50 }, orientation)).toEqual(stored);
});
