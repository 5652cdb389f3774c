import net from 'node:net';
import { Transform } from 'node:stream';

/** A door to the database server that can be shut without its noticing. */
export interface DatabaseDoor {
  /** The database's URL through the door. */
  readonly url: string;
  /** From now on nothing comes through, on connections that are open and on new ones. */
  silence(): void;
  /** From now on every answer comes so many milliseconds later. */
  delay(ms: number): void;
  /** Lets new connections through at once, and ends those that were silenced or delayed. */
  open(): void;
  close(): void;
}

/** Opens a door to a database. */
export async function openDatabaseDoor(databaseUrl: string): Promise<DatabaseDoor> {
  const target = new URL(databaseUrl);
  const pairs: net.Socket[] = [];
  let delayMs = 0;
  const delayed = (): Transform =>
    new Transform({
      transform: (chunk, _encoding, done) => {
        setTimeout(done, delayMs, null, chunk);
      },
    });
  const silence = (socket: net.Socket): void => {
    socket.unpipe();
    socket.pause();
  };
  const endAll = (): void => pairs.splice(0).forEach((socket) => socket.destroy());
  const door = net.createServer((inner) => {
    const outer = net.connect(Number(target.port || 5432), target.hostname);
    pairs.push(inner, outer);
    inner.pipe(outer);
    outer.pipe(delayed()).pipe(inner);
    inner.on('error', () => outer.destroy());
    outer.on('error', () => inner.destroy());
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((door.address() as net.AddressInfo).port);
  return {
    url: url.href,
    silence: () => {
      door.on('connection', silence);
      pairs.forEach(silence);
    },
    delay: (ms) => {
      delayMs = ms;
    },
    open: () => {
      delayMs = 0;
      door.off('connection', silence);
      endAll();
    },
    close: () => {
      endAll();
      door.close();
    },
  };
}
