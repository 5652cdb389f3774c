import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { ServerSettings } from '../../config/server.settings.js';
import { DatabaseHealthIndicator } from './database.health-indicator.js';
import { HealthController } from './health.controller.js';

/** Liveness and readiness. Asked to stop, the service is not ready; after SIGTERM it stays so for a while. */
@Module({
  imports: [
    TerminusModule.forRootAsync({
      inject: [ServerSettings],
      useFactory: ({ shutdownDelayMs }: ServerSettings) => ({
        logger: false,
        gracefulShutdownTimeoutMs: shutdownDelayMs,
      }),
    }),
  ],
  controllers: [HealthController],
  providers: [DatabaseHealthIndicator],
})
export class HealthModule {}
