import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import { requestClasses } from './request-classes.js';

let server: Server;

afterEach(() => server.close());

it('makes requests and answers whose prototypes Express leaves alone', async () => {
  const app = express();
  const bornWith: unknown[] = [];
  const handledWith: unknown[] = [];
  app.use((request: Request, response: Response) => {
    handledWith.push(Object.getPrototypeOf(request), Object.getPrototypeOf(response));
    response.json({ path: request.path, ofApp: request.app === app && response.app === app });
  });
  server = createServer(requestClasses(app));
  server.on('request', (request: IncomingMessage, response: object) => {
    bornWith.push(Object.getPrototypeOf(request), Object.getPrototypeOf(response));
  });
  server.on('request', app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/some/path`);
  expect(await answer.json()).toEqual({ path: '/some/path', ofApp: true });
  expect(handledWith).toHaveLength(2);
  handledWith.forEach((prototype, index) => expect(prototype).toBe(bornWith[index]));
});
