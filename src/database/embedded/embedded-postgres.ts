import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { type DataDirLock, lockDataDir } from './data-dir-lock.js';
import { PgliteSocket } from './pglite-socket.js';

/**
 * PostgreSQL inside this process (PGlite), its files in a folder: for development without a server.
 *
 * It survives a crash of the process, not of the machine, for it never calls fsync. It is one
 * session, so whoever uses it has a pool of one connection.
 */
export class EmbeddedPostgres {
  private database?: Promise<PGlite>;
  private lock?: DataDirLock;

  constructor(private readonly dataDir: string) {}

  /** Where the database's files lie. */
  get folder(): string {
    return join(this.dataDir, 'postgres');
  }

  /**
   * Takes the folder and starts the database; the first start creates it, which takes seconds.
   *
   * @throws DataDirError when another process has the folder
   */
  async open(): Promise<PGlite> {
    this.lock ??= lockDataDir(this.dataDir);
    this.database ??= this.start();
    return this.database;
  }

  /**
   * A connection for `pg`'s `stream` option. Opens the database with the first message. A database
   * that broke down looks like a server that is gone.
   */
  connect(): PgliteSocket {
    return new PgliteSocket(async (messages) => {
      try {
        const database = await this.open();
        return await database.runExclusive(() => database.execProtocolRaw(messages));
      } catch (error) {
        const failure = new Error('the embedded database failed', { cause: error });
        throw Object.assign(failure, { code: 'ECONNABORTED' });
      }
    });
  }

  /** Stops the database and gives the folder free. Connections must be closed before. */
  async close(): Promise<void> {
    await (await this.database)?.close();
    this.database = undefined;
    this.lock?.release();
    this.lock = undefined;
  }

  /** Loads PGlite here, for a service that has a server never needs it. */
  private async start(): Promise<PGlite> {
    const { PGlite: Server } = await import('@electric-sql/pglite');
    if (!existsSync(this.folder)) await this.initialise(Server);
    return Server.create(this.folder);
  }

  /** Creates the database aside and moves it into place whole: an interrupted start leaves none. */
  private async initialise(Server: typeof PGlite): Promise<void> {
    const unfinished = `${this.folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    await (await Server.create(unfinished)).close();
    renameSync(unfinished, this.folder);
  }
}
