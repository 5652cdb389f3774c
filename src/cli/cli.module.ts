import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AppModule } from '../app.module.js';
import type { Settings } from '../config/settings.js';
import type { AppDataSource } from '../database/app-data-source.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { DemonstrationModule } from '../modules/demonstration/demonstration.module.js';
import { HealthModule } from '../modules/health/health.module.js';
import { RegionStartModule } from '../modules/region/region-start.module.js';

/** What only a running service does. Without a scheduler no job runs, and no event is delivered. */
const OF_THE_SERVICE: ReadonlySet<unknown> = new Set([
  ScheduleModule,
  RegionStartModule,
  DemonstrationModule,
  HealthModule,
  MetricsModule,
]);

/** The application's modules, for commands. */
@Module({})
export class CliModule {
  /** @param dataSource open, with every migration applied */
  static forRoot(settings: Settings, dataSource: AppDataSource): DynamicModule {
    const { imports = [] } = AppModule.forRoot(settings, dataSource);
    return {
      module: CliModule,
      imports: imports.filter((one) => !OF_THE_SERVICE.has('module' in one ? one.module : one)),
    };
  }
}
