import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ConfigModule } from './config/config.module.js';
import { pickSettings, type Settings } from './config/settings.js';
import { TracingSettings } from './config/tracing.settings.js';
import type { AppDataSource } from './database/app-data-source.js';
import { DatabaseModule } from './database/database.module.js';
import { EventsModule } from './events/events.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { AccountModule } from './modules/account/account.module.js';
import { AvatarModule } from './modules/avatar/avatar.module.js';
import { AuditModule } from './modules/audit/audit.module.js';
import { AgreementModule } from './modules/agreement/agreement.module.js';
import { BootstrapModule } from './modules/bootstrap/bootstrap.module.js';
import { DemonstrationModule } from './modules/demonstration/demonstration.module.js';
import { HealthModule } from './modules/health/health.module.js';
import { MessageModule } from './modules/message/message.module.js';
import { MiniProgramModule } from './modules/mini-program/mini-program.module.js';
import { PersonalModule } from './modules/personal/personal.module.js';
import { RegionStartModule } from './modules/region/region-start.module.js';
import { RegionModule } from './modules/region/region.module.js';
import { SecurityNoticeModule } from './modules/security-notice/security-notice.module.js';
import { SessionModule } from './modules/session/session.module.js';
import { UserAddressModule } from './modules/user-address/user-address.module.js';
import { UserIntegralModule } from './modules/user-integral/user-integral.module.js';
import { VerificationModule } from './modules/verification/verification.module.js';
import { ProtocolModule } from './protocol/protocol.module.js';
import { RedisModule } from './redis/redis.module.js';
import { TracingModule } from './tracing/tracing.module.js';

/** The table of contents: every part of the service. */
@Module({})
export class AppModule {
  /**
   * @param dataSource open, with every migration applied
   * @param modules more than are listed here, for a test of a module of its own
   */
  static forRoot(
    settings: Settings,
    dataSource: AppDataSource,
    modules: Type[] = [],
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(settings),
        TracingModule.forRoot(pickSettings(settings, TracingSettings)),
        DatabaseModule.forRoot(dataSource),
        RedisModule,
        EventsModule,
        ScheduleModule.forRoot(),
        ProtocolModule,
        AuditModule,
        SessionModule,
        PersonalModule,
        AccountModule,
        MiniProgramModule,
        VerificationModule,
        AvatarModule,
        RegionModule,
        RegionStartModule,
        AgreementModule,
        BootstrapModule,
        UserAddressModule,
        SecurityNoticeModule,
        MessageModule,
        UserIntegralModule,
        DemonstrationModule,
        HealthModule,
        MetricsModule,
        ...modules,
      ],
    };
  }
}
