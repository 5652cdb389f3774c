import { Injectable, Logger } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  AppDataSource,
  APPLIED_MIGRATIONS,
  type AppliedMigration,
} from '../../database/app-data-source.js';
import { Database } from '../../database/database.js';

/** Whether the database answers and has every migration of this build. */
@Injectable()
export class DatabaseHealthIndicator {
  private readonly logger = new Logger(DatabaseHealthIndicator.name);

  constructor(
    @InjectDataSource() private readonly dataSource: AppDataSource,
    private readonly database: Database,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** Says nothing of the cause, for anyone may ask; the log has it. */
  async check(key: string): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(key);
    let pending: string[];
    try {
      // Over the requests' own way: TypeORM puts a connection that did not answer back to use.
      const applied = await this.database.run<AppliedMigration>(APPLIED_MIGRATIONS, []);
      pending = this.dataSource.migrationsWithout(applied);
    } catch (error) {
      this.logger.warn({ msg: 'the database cannot be asked', err: error });
      return indicator.down({ reason: 'unreachable' });
    }
    return pending.length === 0
      ? indicator.up()
      : indicator.down({ reason: 'pending migrations', pending: pending.length });
  }
}
