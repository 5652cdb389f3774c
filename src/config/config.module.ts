import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Settings as ClockSettings } from 'luxon';
import { RuntimeSettings } from './runtime.settings.js';
import { pickSettings, type Settings } from './settings.js';

/** Provides one validated settings class for each concern, to every module. */
@Global()
@Module({})
export class ConfigModule {
  static forRoot(settings: Settings): DynamicModule {
    // The shop has one zone: "today" and every shown time mean APP_TIMEZONE, wherever they are computed.
    ClockSettings.defaultZone = pickSettings(settings, RuntimeSettings).timezone;
    const providers = settings.map((one) => ({ provide: one.constructor, useValue: one }));
    return { module: ConfigModule, providers, exports: providers };
  }
}
