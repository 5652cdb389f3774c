import { type IncomingHttpHeaders, request as openRequest } from 'node:http';
import net from 'node:net';
import type { Response } from 'supertest';

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text parsed, where it is declared to be JSON. */
  readonly body: Response['body'];
}

/** A request that reaches the server just as it is written here, dots in its path included. */
export interface Wire {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  /** Sends the body without announcing its length. */
  readonly chunked?: boolean;
}

const toAnswer = (status: number, headers: IncomingHttpHeaders, text: string): Answer => ({
  status,
  headers,
  text,
  body: (headers['content-type'] ?? '').startsWith('application/json')
    ? (JSON.parse(text || 'null') as unknown)
    : undefined,
});

/** Sends a request without any of a client library's tidying. */
export const send = (
  url: string,
  { method = 'GET', path, headers = {}, body, chunked = false }: Wire,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const framing = chunked
      ? { 'Transfer-Encoding': 'chunked' }
      : body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) };
    const request = openRequest(
      { hostname, port, method, path, headers: { ...framing, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve(
            toAnswer(response.statusCode!, response.headers, Buffer.concat(chunks).toString()),
          ),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });

/** Sends bytes that need not be HTTP, and gives the answer when the server hangs up. */
export const sendRaw = (url: string, bytes: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = net.connect(Number(port), hostname);
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (received += chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...rest] = received.split('\r\n\r\n');
      const [statusLine = '', ...lines] = head.split('\r\n');
      const headers = Object.fromEntries(
        lines.map((line) => {
          const [name = '', ...value] = line.split(': ');
          return [name.toLowerCase(), value.join(': ')];
        }),
      );
      resolve(toAnswer(Number(statusLine.split(' ')[1]), headers, rest.join('\r\n\r\n')));
    });
    socket.write(bytes, 'latin1');
  });

/** A request with a JSON body. */
export const json = (path: string, body: unknown, headers: Record<string, string> = {}): Wire => ({
  method: 'POST',
  path,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** The header that carries a token. */
export const bearer = (token: string): Record<string, string> => ({
  Authorization: `Bearer ${token}`,
});
