import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { createUser, rowOf, type TestUser } from '../../support/accounts.js';
import { bearer, json, send } from '../../support/wire.js';
import { flawOf } from './verdict.js';

/** How many clients save at once. */
export const CLIENTS = 8;
/** Between a failure and the next try. */
const PAUSE_MS = 25;

/** What came of a load. */
export interface LoadReport {
  /** Requests that reached the service. */
  readonly sent: number;
  /** With success. */
  readonly answered: number;
  /** Answered with success, and done. */
  readonly saved: number;
  /** Answered with success, and not done, or undone by an earlier one. */
  readonly lost: number;
  /** Answered with -503. */
  readonly refused: number;
  /** Neither answered nor refused, for the connection broke off. */
  readonly brokenOff: number;
  /** Of those, how many were done all the same. */
  readonly doneUnanswered: number;
  /** Answers of any other kind. */
  readonly others: readonly string[];
  /** Between two successes of anyone. */
  readonly longestOutageMs: number;
  readonly slowestRefusalMs: number;
}

/** One who counts upwards in the nickname of a user of its own. */
class Client {
  sent = 0;
  readonly answered: number[] = [];
  readonly brokenOff: number[] = [];

  constructor(
    readonly user: TestUser,
    readonly url: string,
  ) {}
}

/** Has the database note every nickname that is saved from here on. */
const NOTE_SAVES = `
  CREATE TABLE IF NOT EXISTS noted_save (user_id bigint NOT NULL, nickname text NOT NULL);
  CREATE OR REPLACE FUNCTION note_save() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO noted_save VALUES (NEW.id, NEW.nickname);
      RETURN NEW;
    END $$;
  CREATE OR REPLACE TRIGGER note_save AFTER UPDATE OF nickname ON sxo_user
    FOR EACH ROW EXECUTE FUNCTION note_save()`;

/** Clients that save known numbers one after another, until they are told to stop. */
export class SaveLoad {
  private refused = 0;
  private unreached = 0;
  private readonly others: string[] = [];
  private slowestRefusalMs = 0;
  private longestOutageMs = 0;
  private lastSuccess = performance.now();
  private stopped = false;
  private readonly running: Promise<unknown>;

  private constructor(
    private readonly db: pg.Pool,
    private readonly clients: readonly Client[],
  ) {
    this.running = Promise.all(clients.map((client) => this.run(client)));
  }

  /** @param urls of one instance, or of several that the clients are spread over */
  static async start(urls: string | readonly string[], db: pg.Pool): Promise<SaveLoad> {
    await db.query(NOTE_SAVES);
    const instances = [urls].flat();
    const users = Array.from({ length: CLIENTS }, () => createUser(db, { nickname: '0' }));
    return new SaveLoad(
      db,
      (await Promise.all(users)).map(
        (user, index) => new Client(user, instances[index % instances.length]!),
      ),
    );
  }

  /** Waits until every client had so many more answers with success. */
  async successes(count: number): Promise<void> {
    const goals = this.clients.map(({ answered }) => answered.length + count);
    while (this.clients.some(({ answered }, index) => answered.length < goals[index]!))
      await this.pause();
  }

  /** Waits for so many more answers of -503. */
  async refusals(count: number): Promise<void> {
    const goal = this.refused + count;
    while (this.refused < goal) await this.pause();
  }

  /** @throws Error after an answer of another kind, and ends the load: what is awaited may not come */
  private async pause(): Promise<void> {
    await sleep(PAUSE_MS);
    if (this.others.length === 0) return;
    this.stopped = true;
    throw new Error(`Neither a success nor a refusal: ${this.others[0]}`);
  }

  /** Stops the load and looks up what it left. */
  async stop(): Promise<LoadReport> {
    this.stopped = true;
    await this.running;
    const ends = await Promise.all(this.clients.map((client) => this.endOf(client)));
    const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
    const answered = sum(this.clients.map((client) => client.answered.length));
    const lost = sum(ends.map((end) => end.lost));
    return {
      sent: sum(this.clients.map(({ sent }) => sent)) - this.unreached,
      answered,
      saved: answered - lost,
      lost,
      refused: this.refused,
      brokenOff: sum(this.clients.map(({ brokenOff }) => brokenOff.length)),
      doneUnanswered: sum(ends.map((end) => end.doneUnanswered)),
      others: this.others,
      longestOutageMs: this.longestOutageMs,
      slowestRefusalMs: this.slowestRefusalMs,
    };
  }

  /** What the database has of a client's saves. */
  private async endOf({ user, sent, answered, brokenOff }: Client) {
    const { rows } = await this.db.query<{ nickname: string }>(
      'SELECT nickname FROM noted_save WHERE user_id = $1',
      [user.id],
    );
    const done = new Set(rows.map(({ nickname }) => Number(nickname)));
    const stored = Number((await rowOf(this.db, user.id)).nickname);
    const isLast = stored >= (answered.at(-1) ?? 0) && stored <= sent;
    return {
      lost: answered.filter((number) => !done.has(number)).length + (isLast ? 0 : 1),
      doneUnanswered: brokenOff.filter((number) => done.has(number)).length,
    };
  }

  private async run(client: Client): Promise<void> {
    while (!this.stopped) {
      client.sent += 1;
      if (!(await this.save(client))) await sleep(PAUSE_MS);
    }
  }

  /** @returns whether it was answered with success */
  private async save(client: Client): Promise<boolean> {
    const nickname = String(client.sent);
    const start = performance.now();
    const wire = json('/personal/save', { nickname }, bearer(client.user.token));
    const answer = await send(client.url, wire).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') this.unreached += 1;
      else client.brokenOff.push(client.sent);
      return undefined;
    });
    if (answer === undefined) return false;
    const now = performance.now();
    if (answer.body?.code === 0 && answer.body.data.nickname === nickname) {
      client.answered.push(client.sent);
      this.longestOutageMs = Math.max(this.longestOutageMs, now - this.lastSuccess);
      this.lastSuccess = now;
      return true;
    }
    const isRefusal =
      answer.body?.code === -503 &&
      answer.status === 503 &&
      Number(answer.headers['retry-after']) > 0;
    if (isRefusal && flawOf({ ...answer, status: 200 }) === undefined) {
      this.refused += 1;
      this.slowestRefusalMs = Math.max(this.slowestRefusalMs, now - start);
    } else {
      this.others.push(answer.text);
    }
    return false;
  }
}
