import net from 'node:net';

/** A door to the database server that can be shut without its noticing. */
export interface DatabaseDoor {
  /** The database's URL through the door. */
  readonly url: string;
  /** From now on nothing comes through, on connections that are open and on new ones. */
  silence(): void;
  /** Lets new connections through, and ends those that were silenced. */
  open(): void;
  close(): void;
}

/** Opens a door to a database. */
export async function openDatabaseDoor(databaseUrl: string): Promise<DatabaseDoor> {
  const target = new URL(databaseUrl);
  const pairs: net.Socket[] = [];
  const silence = (socket: net.Socket): void => {
    socket.unpipe();
    socket.pause();
  };
  const endAll = (): void => pairs.splice(0).forEach((socket) => socket.destroy());
  const door = net.createServer((inner) => {
    const outer = net.connect(Number(target.port || 5432), target.hostname);
    pairs.push(inner, outer);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
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
    open: () => {
      door.off('connection', silence);
      endAll();
    },
    close: () => {
      endAll();
      door.close();
    },
  };
}
