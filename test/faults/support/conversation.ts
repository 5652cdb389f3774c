import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One answer as it stood on the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; the last of several counts. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** How long a peer that says nothing is waited for: longer than any limit of the service. */
const PATIENCE_MS = 120_000;

/** Opens a connection. */
export async function dial(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/**
 * Sends bytes that need not be HTTP and gives every answer that comes until the service hangs up,
 * which it does at once on a broken request and some seconds after the last good one.
 */
export async function converse(url: string, bytes: string | Buffer): Promise<RawAnswer[]> {
  const socket = await dial(url);
  const answers = answersOn(socket);
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  return answers;
}

/**
 * What comes over a connection until its end. A service that closes on a client that is still
 * sending may reset the connection; what came before that counts.
 *
 * @throws Error when it does not end
 */
export function answersOn(socket: Socket): Promise<RawAnswer[]> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.setTimeout(PATIENCE_MS, () => {
      reject(new Error('The service keeps a connection open on which nothing happens'));
      socket.destroy();
    });
    socket.on('close', () => resolve(parseAnswers(Buffer.concat(chunks))));
  });
}

/** @throws Error on bytes that are no sequence of answers with a length */
function parseAnswers(bytes: Buffer): RawAnswer[] {
  if (bytes.length === 0) return [];
  const headEnd = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = bytes.subarray(0, headEnd).toString().split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1];
  if (headEnd < 0 || status === undefined) throw new Error(`No answer: ${bytes.toString()}`);
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
    }),
  );
  const start = headEnd + 4;
  const end = start + Number(headers['content-length'] ?? 0);
  if (end > bytes.length) throw new Error(`Half an answer: ${bytes.toString()}`);
  const answer = { status: Number(status), headers, text: bytes.toString('utf8', start, end) };
  // `100 Continue` is no answer yet.
  const rest = parseAnswers(bytes.subarray(end));
  return answer.status === 100 ? rest : [answer, ...rest];
}

/** A request's bytes. */
export const http = (
  firstLine: string,
  headers: readonly string[],
  body: string | Buffer = '',
): Buffer =>
  Buffer.concat([
    Buffer.from(
      [`${firstLine} HTTP/1.1`, 'Host: shop.test', ...headers, '', ''].join('\r\n'),
      'latin1',
    ),
    Buffer.from(body),
  ]);
