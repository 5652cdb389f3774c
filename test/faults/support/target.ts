import pg from 'pg';
import { createUser, type TestUser } from '../../support/accounts.js';
import { dumpTables } from '../../support/database-dump.js';
import { CHEAP_HASHING } from '../../support/passwords.js';
import { ServiceProcess } from '../../support/service-process.js';
import { NO_LIMITS } from '../../support/test-app.js';
import { freshDatabase } from '../../support/test-database.js';
import { bearer, send } from '../../support/wire.js';

/** Settings of a service in production on a machine that may stall. */
export const PRODUCTION = {
  ...CHEAP_HASHING,
  ...NO_LIMITS,
  REGISTRATIONS_PER_HOUR: '10000',
  NODE_ENV: 'production',
  DATABASE_CONNECT_TIMEOUT_MS: '10000',
  DATABASE_STATEMENT_TIMEOUT_MS: '10000',
  DATABASE_REQUEST_TIMEOUT_MS: '10000',
};

/** The built service in production mode, in a process of its own, on a database of its own. */
export class Target {
  private constructor(
    readonly service: ServiceProcess,
    readonly db: pg.Pool,
    /** Who has nothing to do with any attack. */
    private readonly bystander: TestUser,
  ) {}

  /** @param settings that differ from {@link PRODUCTION} */
  static async start(settings: Record<string, string> = {}): Promise<Target> {
    const database = await freshDatabase('target');
    const db = new pg.Pool({ connectionString: database, max: 5 });
    const bystander = await createUser(db, { nickname: 'bystander' });
    const service = await ServiceProcess.start({
      ...PRODUCTION,
      DATABASE_URL: database,
      ...settings,
    });
    return new Target(service, db, bystander);
  }

  get url(): string {
    return this.service.url;
  }

  /** Expects a stranger to the attack to get what is his. */
  async expectServed(): Promise<void> {
    const { status, body } = await send(this.url, {
      path: '/personal/index',
      headers: bearer(this.bystander.token),
    });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { code: 0, data: { data: { id: this.bystander.id, nickname: 'bystander' } } },
    });
  }

  private async expectServedUntil(end: AbortSignal): Promise<void> {
    do await this.expectServed();
    while (!end.aborted);
  }

  /** Makes an attack that others must not notice and that must leave every table as it was. */
  async withstand<Result>(attack: () => Promise<Result>): Promise<Result> {
    const before = await dumpTables(this.db);
    const attacked = new AbortController();
    const [result] = await Promise.all([
      attack().finally(() => attacked.abort()),
      this.expectServedUntil(attacked.signal),
    ]);
    expect(await dumpTables(this.db)).toBe(before);
    return result;
  }

  /** The log so far, each line parsed. @throws SyntaxError on a line that is not JSON */
  log(): Record<string, unknown>[] {
    const lines = this.service.stdout.split('\n');
    const welcome = lines.findIndex((line) => line.startsWith('Its data lies in'));
    expect(this.service.stderr).toBe('');
    return (
      lines
        // The last one is empty, or not all there yet.
        .slice(welcome + 1, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    );
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.db.end();
  }
}
