import { Injectable, Logger } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  AppDataSource,
  APPLIED_MIGRATIONS,
  type AppliedMigration,
} from '../../database/app-data-source.js';
import { Database } from '../../database/database.js';

/** Milliseconds for which everyone who asks gets the same answer. */
export const CHECK_INTERVAL_MS = 1_000;

/** What a check of the database found. */
type Finding =
  { readonly isUp: true } | { readonly isUp: false; readonly reason: string; pending?: number };

/**
 * Checks that the database answers and has every migration of this build. It is asked at most once at a
 * time and once a second, however many requests there are: anyone may ask for readiness, and nothing
 * limits how often.
 */
@Injectable()
export class DatabaseHealthIndicator {
  private readonly logger = new Logger(DatabaseHealthIndicator.name);
  private latest?: Promise<Finding>;

  constructor(
    @InjectDataSource() private readonly dataSource: AppDataSource,
    private readonly database: Database,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** The latest finding, at most a second old. It does not name the cause, which the log has. */
  async check(key: string): Promise<HealthIndicatorResult> {
    const { isUp, ...details } = await (this.latest ??= this.ask());
    const indicator = this.indicators.check(key);
    return isUp ? indicator.up() : indicator.down(details);
  }

  private async ask(): Promise<Finding> {
    const finding = await this.find();
    setTimeout(() => (this.latest = undefined), CHECK_INTERVAL_MS).unref();
    return finding;
  }

  private async find(): Promise<Finding> {
    try {
      // Over the requests' own way: TypeORM puts a connection that did not answer back to use.
      const applied = await this.database.run<AppliedMigration>(APPLIED_MIGRATIONS, []);
      const pending = this.dataSource.migrationsWithout(applied).length;
      return pending === 0
        ? { isUp: true }
        : { isUp: false, reason: 'pending migrations', pending };
    } catch (error) {
      this.logger.warn({ msg: 'the database cannot be asked', err: error });
      return { isUp: false, reason: 'unreachable' };
    }
  }
}
