import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { createUser, rowOf, type TestUser } from '../../support/accounts.js';
import { bearer, json, send } from '../../support/wire.js';
import { flawOf } from './verdict.js';

const CLIENTS = 8;
/** Between a failure and the next try. */
const PAUSE_MS = 25;

/** What came of a load. */
export interface LoadReport {
  /** Requests. */
  readonly sent: number;
  /** With success. */
  readonly answered: number;
  /** Answered, and in the database afterwards, or followed there by a later one of its client. */
  readonly saved: number;
  readonly lost: number;
  /** Answered with -503. */
  readonly refused: number;
  /** Neither answered nor refused: the connection broke off. */
  readonly brokenOff: number;
  /** Answers of any other kind. */
  readonly others: readonly string[];
  /** Between two successes of anyone. */
  readonly longestOutageMs: number;
  readonly slowestRefusalMs: number;
}

/** One who counts upwards in the nickname of a user of its own. */
class Client {
  sent = 0;
  /** The last number that was answered. */
  last = 0;
  answered = 0;

  constructor(readonly user: TestUser) {}
}

/** Clients that save known numbers one after another, until they are told to stop. */
export class SaveLoad {
  private refused = 0;
  private brokenOff = 0;
  private readonly others: string[] = [];
  private slowestRefusalMs = 0;
  private longestOutageMs = 0;
  private lastSuccess = performance.now();
  private stopped = false;
  private readonly running: Promise<unknown>;

  private constructor(
    private readonly url: string,
    private readonly db: pg.Pool,
    private readonly clients: readonly Client[],
  ) {
    this.running = Promise.all(clients.map((client) => this.run(client)));
  }

  static async start(url: string, db: pg.Pool): Promise<SaveLoad> {
    const users = Array.from({ length: CLIENTS }, () => createUser(db, { nickname: '0' }));
    return new SaveLoad(
      url,
      db,
      (await Promise.all(users)).map((user) => new Client(user)),
    );
  }

  /** Waits until every client had so many more answers with success. */
  async successes(count: number): Promise<void> {
    const goals = this.clients.map(({ answered }) => answered + count);
    while (this.clients.some(({ answered }, index) => answered < goals[index]!))
      await sleep(PAUSE_MS);
  }

  /** Waits for so many more answers of -503. */
  async refusals(count: number): Promise<void> {
    const goal = this.refused + count;
    while (this.refused < goal) await sleep(PAUSE_MS);
  }

  /** Stops the load and looks up what it left. */
  async stop(): Promise<LoadReport> {
    this.stopped = true;
    await this.running;
    const stored = await Promise.all(
      this.clients.map(async ({ user }) => Number((await rowOf(this.db, user.id)).nickname)),
    );
    const lost = this.clients.filter(
      ({ last, sent }, index) => stored[index]! < last || stored[index]! > sent,
    ).length;
    const sum = (key: 'sent' | 'answered'): number =>
      this.clients.reduce((total, client) => total + client[key], 0);
    return {
      sent: sum('sent'),
      answered: sum('answered'),
      saved: sum('answered') - lost,
      lost,
      refused: this.refused,
      brokenOff: this.brokenOff,
      others: this.others,
      longestOutageMs: this.longestOutageMs,
      slowestRefusalMs: this.slowestRefusalMs,
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
    const answer = await send(this.url, wire).catch(() => undefined);
    const now = performance.now();
    if (answer === undefined) {
      this.brokenOff += 1;
      return false;
    }
    if (answer.body?.code === 0 && answer.body.data.nickname === nickname) {
      client.last = client.sent;
      client.answered += 1;
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
