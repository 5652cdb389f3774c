import type { ServerResponse } from 'node:http';

/** What every answer is, with its keys in this order. `data` of a failure is `[]`. */
export class Envelope<Data = unknown> {
  constructor(
    readonly msg: string,
    readonly code: number,
    readonly data: Data,
  ) {}
}

/** Gives an answer in one go, without the steps that Express takes for answers of any kind. */
export function sendEnvelope(response: ServerResponse, envelope: Envelope): void {
  const text = JSON.stringify(envelope);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
