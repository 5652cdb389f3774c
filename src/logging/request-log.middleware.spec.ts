import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { pino } from 'pino';
import { requestLog } from './request-log.middleware.js';

/** The line of a request with this context. */
function lineOf(context: object): Record<string, unknown> {
  let written = '';
  const logger = pino({ base: undefined }, { write: (line: string) => (written += line) });
  const response = Object.assign(new EventEmitter(), { statusCode: 200, writableFinished: true });
  const request = { method: 'GET', context: { requestId: 'r', ...context } };
  requestLog(logger, 'full', () => '203.0.113.7')(
    request as unknown as Request,
    response as unknown as Response,
    () => undefined,
  );
  response.emit('close');
  return JSON.parse(written) as Record<string, unknown>;
}

describe('the line of a request', () => {
  it('has its trace, where there is one', () => {
    const trace = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736' };
    expect(lineOf({ trace })).toMatchObject({ request_id: 'r', trace_id: trace.traceId });
    expect(lineOf({})).not.toHaveProperty('trace_id');
  });

  it("has the client's address", () => {
    expect(lineOf({})).toMatchObject({ client_address: '203.0.113.7' });
  });
});
