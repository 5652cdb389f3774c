import { Duplex } from 'node:stream';

/** Runs PostgreSQL protocol messages and gives back the server's. */
export type ProtocolRunner = (messages: Uint8Array) => Promise<Uint8Array>;

const LENGTH_BYTES = 4;
const TERMINATE = 'X'.charCodeAt(0);

/**
 * What `pg` takes for its TCP connection: it cuts the bytes that the client writes into protocol
 * messages and hands them to the database in this process.
 *
 * Only the startup message has no type byte in front of its length
 * (https://www.postgresql.org/docs/current/protocol-message-formats.html).
 */
export class PgliteSocket extends Duplex {
  private pending: Buffer = Buffer.alloc(0);
  private started = false;

  constructor(private readonly run: ProtocolRunner) {
    super();
  }

  /** `net.Socket`'s: there is nothing to connect to, so it is connected at once. */
  connect(): this {
    setImmediate(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // Answers are pushed as the database gives them.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    this.forward().then(
      () => done(),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  private async forward(): Promise<void> {
    for (let messages = this.takeMessages(); messages.length > 0; messages = this.takeMessages()) {
      // The one session lives as long as the process; a client that leaves must not end it.
      if (messages[0] === TERMINATE) continue;
      const answer = await this.run(messages);
      // Let timers and sockets of the process run between two statements of a busy client.
      await new Promise((resolve) => setImmediate(resolve));
      if (answer.length > 0) this.push(answer);
    }
  }

  /** The complete messages at the front of what was written; the startup message alone. */
  private takeMessages(): Uint8Array {
    const end = this.started ? this.endOfMessages() : this.endOfMessage(0);
    if (end === 0) return this.pending.subarray(0, 0);
    this.started = true;
    const messages = this.pending.subarray(0, end);
    this.pending = this.pending.subarray(end);
    return messages;
  }

  private endOfMessages(): number {
    let end = 0;
    for (let next = this.endOfMessage(0); next > end; next = this.endOfMessage(end)) {
      // Terminate is taken alone, so that it can be kept back.
      if (this.pending[end] === TERMINATE) return end === 0 ? next : end;
      end = next;
    }
    return end;
  }

  /** Where the message that begins at `start` ends, or `start` while it is incomplete. */
  private endOfMessage(start: number): number {
    const typeBytes = this.started ? 1 : 0;
    const lengthAt = start + typeBytes;
    if (this.pending.length < lengthAt + LENGTH_BYTES) return start;
    const end = lengthAt + this.pending.readInt32BE(lengthAt);
    return end <= this.pending.length ? end : start;
  }
}
