import { type DynamicModule, Global, Module } from '@nestjs/common';
import { RuntimeSettings } from './runtime.settings.js';
import { pickSettings, type Settings } from './settings.js';
import { setShopTimeZone } from './time-zone.js';

/** Provides one validated settings class for each concern, to every module. */
@Global()
@Module({})
export class ConfigModule {
  static forRoot(settings: Settings): DynamicModule {
    setShopTimeZone(pickSettings(settings, RuntimeSettings).timezone);
    const providers = settings.map((one) => ({ provide: one.constructor, useValue: one }));
    return { module: ConfigModule, providers, exports: providers };
  }
}
