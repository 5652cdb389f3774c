import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A connection that sends just what it is told to. */
export class RawConnection {
  /** All that came over it. */
  received = '';
  /** Resolves when the server has closed it. */
  readonly closed: Promise<void>;

  private constructor(readonly socket: net.Socket) {
    socket.setEncoding('utf8').on('data', (text: string) => (this.received += text));
    // Closed by the server while something is being sent.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = net.connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** Sends a request's head, and as much of its body as is given. */
  request(method: string, path: string, headers: Record<string, string> = {}, body = ''): void {
    const lines = Object.entries({ Host: 'shop.test', ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    this.socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  }

  /** Waits for a whole answer with a JSON body, and takes it away from what was received. */
  async answer(): Promise<{ status: number; head: string; body: unknown }> {
    for (;;) {
      const [head = '', rest] = this.received.split('\r\n\r\n', 2);
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1]);
      if (rest !== undefined && Buffer.byteLength(rest) >= length) {
        this.received = '';
        return { status: Number(head.split(' ')[1]), head, body: JSON.parse(rest) as unknown };
      }
      await sleep(5);
    }
  }
}
