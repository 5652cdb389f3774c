import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { DeadlineInterceptor } from '../deadline/deadline.js';
import { LimitGuard } from './limits/request-limiter.js';
import { LimitsModule } from './limits/limits.module.js';
import { LoggingModule } from '../logging/logging.module.js';
import { ActionGuard } from './routing/action.guard.js';
import { Admission } from '../http/admission.js';
import { BodyGuard } from './request/body.guard.js';
import { CallerResolver, TokenGuard } from './auth/token.guard.js';
import { EnvelopeFilter } from './envelope.filter.js';
import { EnvelopeInterceptor } from './envelope.interceptor.js';
import { PublicParametersGuard } from './request/request-context.js';
import { DtoCheck } from './validation/dto-check.js';
import { ParameterPipe } from './validation/parameter.pipe.js';

/**
 * ShopXO's wire protocol around every controller. Needs a provider of `TOKEN_RESOLVER`. Guards and
 * interceptors run in the order in which they stand here.
 */
@Module({
  imports: [DiscoveryModule, LimitsModule, LoggingModule],
  providers: [
    Admission,
    CallerResolver,
    DtoCheck,
    { provide: APP_GUARD, useClass: ActionGuard },
    { provide: APP_GUARD, useClass: BodyGuard },
    { provide: APP_GUARD, useClass: TokenGuard },
    { provide: APP_GUARD, useClass: LimitGuard },
    { provide: APP_GUARD, useClass: PublicParametersGuard },
    { provide: APP_INTERCEPTOR, useClass: EnvelopeInterceptor },
    { provide: APP_INTERCEPTOR, useClass: DeadlineInterceptor },
    { provide: APP_PIPE, useValue: new ParameterPipe() },
    { provide: APP_FILTER, useClass: EnvelopeFilter },
  ],
  exports: [Admission],
})
export class ProtocolModule {}
