import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A connection that was used within this time is not idle yet when the service stops: the client's
 * next request may be on its way.
 */
const QUIET_MS = 250;

const POLL_MS = 20;

/** Requests of one connection that may wait for their answers. Hardly any client sends a second. */
const PIPELINE_LIMIT = 16;

/** What a connection does. */
interface Use {
  /** Of its requests, those that are not answered yet. */
  readonly answers: Set<ServerResponse>;
  /** Since when it has none, and what had been read of it then. */
  idleSince: number;
  bytesRead: number;
}

/**
 * The open connections of a server, which are bounded, as are the answers that wait on each, and end
 * when all is answered.
 */
export class Connections {
  /** The one that was idle longest comes first, among those that are idle. */
  private readonly open = new Map<Socket, Use>();
  private last = false;

  /**
   * Listens to a server that handles no requests yet. What closes here is not to be handled.
   *
   * @param limit connections at a time; beyond it the one that was idle longest is closed
   */
  constructor(
    server: Server,
    private readonly limit: number,
  ) {
    server.on('connection', (socket) => this.add(socket));
    server.on('timeout', (socket: Socket) => this.timeOut(socket));
    const use = this.use.bind(this);
    server.on('request', use);
    // With `Expect: 100-continue`, instead of the other.
    server.on('checkContinue', use);
  }

  /** From now on every answer is the last one of its connection, and says so. */
  answerLast(): void {
    this.last = true;
    for (const { answers } of this.open.values()) answers.forEach(sayLast);
  }

  /** Waits, not for long, until no request is likely to be on its way on a kept connection. */
  async settle(): Promise<void> {
    const deadline = performance.now() + QUIET_MS;
    while (this.isAnyRestless() && performance.now() < deadline) await sleep(POLL_MS);
    // What has reached the process by now is read before the server stops listening.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /**
   * Closes connections as they become idle, until there are none.
   *
   * @param limitMs after which those that are left are closed as they are
   * @param refuse answers a request for which the time is over
   * @returns the number of requests that were refused
   */
  async drain(limitMs: number, refuse: (response: ServerResponse) => void): Promise<number> {
    const deadline = performance.now() + limitMs;
    for (;;) {
      this.closeIdle();
      if (this.open.size === 0) return 0;
      if (performance.now() >= deadline) return this.cutOff(refuse);
      await sleep(POLL_MS);
    }
  }

  private isAnyRestless(): boolean {
    return Array.from(this.open.values()).some((use) => use.answers.size === 0 && !isQuiet(use));
  }

  private add(socket: Socket): void {
    const use: Use = { answers: new Set(), ...idleFrom(socket) };
    this.open.set(socket, use);
    socket.once('close', () => {
      this.open.delete(socket);
      process.nextTick(endUnsent, use.answers);
    });
    if (this.open.size > this.limit) this.closeIdlest();
  }

  private use({ socket }: IncomingMessage, response: ServerResponse): void {
    const use = this.open.get(socket);
    if (!use) return;
    use.answers.add(response);
    if (use.answers.size > PIPELINE_LIMIT) socket.destroy();
    if (this.last) sayLast(response);
    response.once('close', () => {
      use.answers.delete(response);
      if (use.answers.size > 0 || !this.open.delete(socket)) return;
      this.open.set(socket, Object.assign(use, idleFrom(socket)));
    });
  }

  /** Nothing was read or written for long. That may be the service's own fault, if it is at work. */
  private timeOut(socket: Socket): void {
    const isAtWork = (this.open.get(socket)?.answers.size ?? 0) > 0;
    if (!isAtWork || isUnread(socket)) socket.destroy();
  }

  private closeIdlest(): void {
    for (const [socket, { answers }] of this.open) {
      if (answers.size > 0) continue;
      this.open.delete(socket);
      socket.destroy();
      return;
    }
  }

  private closeIdle(): void {
    for (const [socket, use] of this.open) {
      // Of a request that has begun to arrive, something has been read.
      const idle = use.answers.size === 0 && socket.bytesRead === use.bytesRead;
      if (idle && isQuiet(use)) socket.destroy();
    }
  }

  private async cutOff(refuse: (response: ServerResponse) => void): Promise<number> {
    const unanswered = Array.from(this.open.values())
      .flatMap(({ answers }) => Array.from(answers))
      .filter((response) => !response.headersSent);
    unanswered.forEach(refuse);
    await sleep(QUIET_MS);
    for (const socket of this.open.keys()) socket.destroy();
    return unanswered.length;
  }
}

/** Whether the client takes what it is sent more slowly than that is made. */
export const isUnread = (socket: Socket): boolean => socket.writableLength > 0;

const idleFrom = (socket: Socket) => ({
  idleSince: performance.now(),
  bytesRead: socket.bytesRead,
});

const isQuiet = ({ idleSince }: Use): boolean => performance.now() - idleSince >= QUIET_MS;

function sayLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

/**
 * Node tells of the end of a connection only the answer that it was sending, not those that wait
 * behind it (pipelining). What counts on an answer's end would count for ever.
 */
function endUnsent(answers: ReadonlySet<ServerResponse>): void {
  for (const response of answers) {
    if (!response.destroyed) response.destroy().emit('close');
  }
}
