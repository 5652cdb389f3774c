import type { Answer } from './wire.js';

/** Expects a failure's envelope, byte for byte but for its text, and the headers of every answer. */
export function expectFailure(answer: Answer, status: number, code: number): void {
  const { msg } = (answer.body ?? {}) as { msg?: unknown };
  expect({
    status: answer.status,
    type: answer.headers['content-type'],
    cache: answer.headers['cache-control'],
    sniff: answer.headers['x-content-type-options'],
    text: answer.text,
  }).toEqual({
    status,
    type: 'application/json; charset=utf-8',
    cache: 'no-store',
    sniff: 'nosniff',
    text: JSON.stringify({ msg, code, data: [] }),
  });
  expect(msg).toEqual(expect.stringMatching(/\S/));
}
