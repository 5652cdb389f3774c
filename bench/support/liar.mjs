// Answers of a contestant, each made wrong in one way.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** @typedef {{ status: number, body: any }} Answer */

/** @type {Readonly<Record<string, (answer: Answer) => Answer>>} */
export const LIES = {
  'another nickname': ({ status, body }) => ({
    status,
    body: { ...body, data: { ...body.data, nickname: 'another' } },
  }),
  'a field less': ({ status, body }) => ({
    status,
    body: { ...body, data: { ...body.data, user_name_view: undefined } },
  }),
  'a field more': ({ status, body }) => ({
    status,
    body: { ...body, data: { ...body.data, pwd: '' } },
  }),
  "someone else's token": ({ status, body }) => ({
    status,
    body: { ...body, data: { ...body.data, token: '0'.repeat(32) } },
  }),
  'a failure': ({ status, body }) => ({ status, body: { ...body, code: -100 } }),
  'another status': ({ body }) => ({ status: 201, body }),
};

/**
 * A server between a load and a contestant.
 *
 * @param {string} target
 * @param {(answer: Answer) => Answer} lie
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function startLiar(target, lie) {
  const server = createServer(async (request, response) => {
    const { authorization = '', 'content-type': type = '' } = request.headers;
    const answer = await fetch(`${target}${request.url}`, {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body: await buffer(request),
    });
    const { status, body } = lie({ status: answer.status, body: await answer.json() });
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
