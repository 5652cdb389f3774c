import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TracingSettings } from '../config/tracing.settings.js';
import { HandlerTracingInterceptor } from './handler-tracing.interceptor.js';
import { Tracing } from './tracing.js';

/** What the service tells an OpenTelemetry collector. Where there is none, nothing of it is loaded. */
@Global()
@Module({})
export class TracingModule {
  static forRoot(settings: TracingSettings): DynamicModule {
    if (!settings.enabled) {
      return { module: TracingModule, providers: [Tracing], exports: [Tracing] };
    }
    const useFactory = async (): Promise<Tracing> => {
      const { OtlpTracing } = await import('./otlp-tracing.js');
      return new OtlpTracing(settings);
    };
    return {
      module: TracingModule,
      providers: [
        { provide: Tracing, useFactory },
        { provide: APP_INTERCEPTOR, useClass: HandlerTracingInterceptor },
      ],
      exports: [Tracing],
    };
  }
}
