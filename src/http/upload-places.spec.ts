import { ProtocolException } from '../envelope/protocol.exception.js';
import { type HeldFile, UploadPlaces } from './upload-places.js';

let places: UploadPlaces;
/** Files that were given up, by name. */
let givenUp: string[];

beforeEach(() => {
  places = new UploadPlaces({ all: 4, ofAddress: 3, ofUser: 2 });
  givenUp = [];
});

/** @returns the file, or the code that it was refused with */
const take = (name: string, address: string, userId?: string): HeldFile | number => {
  const file = { address, userId, giveUp: () => givenUp.push(name) };
  try {
    places.take(file);
    return file;
  } catch (error) {
    if (error instanceof ProtocolException) return error.failure.code;
    throw error;
  }
};

const takeWhole = (name: string, address: string, userId?: string): void => {
  places.keep(take(name, address, userId) as HeldFile);
};

it('gives a user no more than its own, and takes none of others for it', () => {
  take('1', 'a', 'user');
  take('2', 'b', 'user');
  expect(take('3', 'c', 'user')).toBe(-429);
  expect(givenUp).toEqual([]);
});

it('gives up the first of an address that has its part, and none of others', () => {
  take('other', 'b', 'other');
  for (const name of ['1', '2', '3', '4', '5']) take(name, 'a', name);
  expect(givenUp).toEqual(['1', '2']);
});

it('gives up the first of all where all are taken', () => {
  for (const name of ['1', '2', '3', '4', '5', '6']) take(name, name, name);
  expect(givenUp).toEqual(['1', '2']);
});

it('gives up no file that has come whole', () => {
  takeWhole('1', 'a', '1');
  take('2', 'a', '2');
  takeWhole('3', 'a', '3');
  take('4', 'a', '4');
  expect(givenUp).toEqual(['2']);
});

it('refuses who comes while files that have come whole have all places', () => {
  for (const name of ['1', '2', '3']) takeWhole(name, 'a', name);
  expect(take('4', 'a', '4')).toBe(-429);
  takeWhole('5', 'b', '5');
  expect(take('6', 'c', '6')).toBe(-503);
  expect(givenUp).toEqual([]);
});

it('has a place again when one is given back, once', () => {
  for (const name of ['1', '2', '3']) takeWhole(name, 'a', name);
  const last = take('4', 'b', '4') as HeldFile;
  places.keep(last);
  places.giveBack(last);
  places.giveBack(last);
  takeWhole('5', 'c', '5');
  expect(take('6', 'c', '6')).toBe(-503);
});

it('counts no user where callers are unknown', () => {
  for (const name of ['1', '2', '3']) expect(take(name, 'a')).toBeInstanceOf(Object);
});
