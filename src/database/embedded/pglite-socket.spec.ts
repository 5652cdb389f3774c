import { once } from 'node:events';
import fc from 'fast-check';
import { PgliteSocket } from './pglite-socket.js';

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

/** A message as the client writes it; the startup message has no type. */
const message = (type: string, body: Uint8Array | string = ''): Buffer => {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(type), int32(bytes.length + 4), bytes]);
};

const startup = message('', 'user\0postgres\0\0');
const terminate = message('X');

/** Cuts what the runner was given into messages, and fails where it is not made of whole ones. */
function messagesOf(run: Buffer, typeBytes: number): Buffer[] {
  const messages: Buffer[] = [];
  for (let start = 0; start < run.length;) {
    const end = start + typeBytes + run.readInt32BE(start + typeBytes);
    expect(end).toBeLessThanOrEqual(run.length);
    messages.push(run.subarray(start, end));
    start = end;
  }
  return messages;
}

const messages = fc.array(
  fc
    .tuple(fc.constantFrom('Q', 'P', 'B', 'D', 'E', 'S', 'p'), fc.uint8Array({ maxLength: 40 }))
    .map(([type, body]) => message(type, body)),
  { minLength: 1, maxLength: 8 },
);

/** Where to cut, in thousandths of the whole. */
const cuts = fc.array(fc.nat(1_000), { maxLength: 30 });

function split(bytes: Buffer, at: number[]): Buffer[] {
  const ends = at.map((part) => Math.floor((part * bytes.length) / 1_000)).sort((a, b) => a - b);
  return [...ends, bytes.length]
    .map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end))
    .filter((chunk) => chunk.length > 0);
}

/** Writes the chunks to a new socket; gives what its runner got, call by call, and what was read. */
async function send(chunks: Buffer[]): Promise<{ runs: Buffer[]; read: string }> {
  const runs: Buffer[] = [];
  const socket = new PgliteSocket((given) => {
    // A copy: the socket may reuse its memory.
    runs.push(Buffer.from(given));
    return Promise.resolve(Buffer.from(`<${runs.length}>`));
  });
  const answers = answersOf(socket);
  for (const chunk of chunks) socket.write(chunk);
  socket.end();
  await once(socket, 'end');
  return { runs, read: Buffer.concat(answers).toString() };
}

/** What is read from a socket, as it comes. */
function answersOf(socket: PgliteSocket): Buffer[] {
  const answers: Buffer[] = [];
  socket.on('data', (answer: Buffer) => answers.push(answer));
  return answers;
}

const hex = (buffers: Buffer[]): string[] => buffers.map((one) => one.toString('hex'));

describe('PgliteSocket', () => {
  it('gives the runner the same whole messages, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(messages, cuts, async (sent, at) => {
        const { runs } = await send(split(Buffer.concat([startup, ...sent]), at));
        expect(runs[0]).toEqual(startup);
        const got = runs.slice(1).flatMap((run) => messagesOf(run, 1));
        expect(hex(got)).toEqual(hex(sent));
      }),
    );
  });

  it('keeps Terminate from the runner, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(messages, cuts, async (sent, at) => {
        const { runs } = await send(split(Buffer.concat([startup, ...sent, terminate]), at));
        const got = runs.slice(1).flatMap((run) => messagesOf(run, 1));
        expect(hex(got)).toEqual(hex(sent));
      }),
    );
  });

  it('gives the answers in their order', async () => {
    const { runs, read } = await send([startup, message('Q', 'a'), message('Q', 'b'), terminate]);
    expect(runs).toHaveLength(3);
    expect(read).toBe('<1><2><3>');
  });

  it('says nothing where the database says nothing', async () => {
    const socket = new PgliteSocket(() => Promise.resolve(new Uint8Array()));
    const data = answersOf(socket);
    socket.end(startup);
    await once(socket, 'end');
    expect(data).toEqual([]);
  });

  it('runs one write after another', async () => {
    let running = 0;
    const socket = new PgliteSocket(async () => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return Buffer.from('.');
    });
    const data = answersOf(socket);
    for (const one of [startup, message('Q', 'a'), message('Q', 'b')]) socket.write(one);
    socket.end();
    await once(socket, 'end');
    expect(data).toHaveLength(3);
  });

  it('lets timers run between two answers', async () => {
    const socket = new PgliteSocket(() => Promise.resolve(Buffer.from('.')));
    let ticks = 0;
    const ticksAtAnswers: number[] = [];
    socket.on('data', () => ticksAtAnswers.push(ticks));
    const tick = (): void => {
      ticks += 1;
      if (!socket.destroyed) setImmediate(tick);
    };
    setImmediate(tick);
    for (const one of [startup, message('Q', 'a'), message('Q', 'b')]) socket.write(one);
    socket.end();
    await once(socket, 'close');
    expect(new Set(ticksAtAnswers).size).toBe(3);
  });

  it('is destroyed by an error of the runner', async () => {
    const gone = new Error('the database is gone');
    const socket = new PgliteSocket(() => Promise.reject(gone));
    socket.write(startup);
    expect(await once(socket, 'error')).toEqual([gone]);
    expect(socket.destroyed).toBe(true);
  });

  it('is connected at once', async () => {
    const socket = new PgliteSocket(() => Promise.resolve(new Uint8Array()));
    const connected = once(socket, 'connect');
    expect(socket.connect()).toBe(socket);
    await connected;
  });
});
