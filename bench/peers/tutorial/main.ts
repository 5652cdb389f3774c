// A peer: Nest and TypeORM as tutorials write it.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import {
  Module,
  UnprocessableEntityException,
  ValidationPipe,
  type ValidationError,
} from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { NextFunction, Request, Response } from 'express';
import { AvatarUrls, requestIdOf } from '../shared/checks.mjs';
import { peerOptions } from '../shared/profile.mjs';
import { logRequest } from '../shared/request-log.mjs';
import type { AuthenticatedRequest } from './auth.guard.js';
import { User, UserAudit, UserAvatar, UserPlatform, UserSession } from './entities.js';
import { EnvelopeFilter } from './envelope.js';
import { PersonalController } from './personal.controller.js';
import { PersonalService } from './personal.service.js';

const options = peerOptions();
const entities = [User, UserAudit, UserAvatar, UserPlatform, UserSession];

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: options.databaseUrl,
      entities,
      synchronize: false,
      installExtensions: false,
    }),
    TypeOrmModule.forFeature(entities),
  ],
  controllers: [PersonalController],
  providers: [
    PersonalService,
    { provide: AvatarUrls, useValue: new AvatarUrls(options.publicUrl) },
    { provide: APP_FILTER, useClass: EnvelopeFilter },
  ],
})
class AppModule {}

function requestLog(request: Request, response: Response, next: NextFunction): void {
  const start = performance.now();
  const requestId = requestIdOf(request.headers['x-request-id'], randomUUID);
  Object.assign(request, { requestId });
  response.setHeader('X-Request-Id', requestId);
  response.setHeader('Cache-Control', 'no-store');
  response.on('close', () => {
    const { session, method, path } = request as Partial<AuthenticatedRequest>;
    const { code } = response.locals as { code: number };
    const userId = session?.user_id ?? null;
    logRequest(
      { requestId, method, route: path ?? null, status: response.statusCode, code, userId },
      start,
    );
  });
  next();
}

const firstOf = ([error]: ValidationError[]): Error =>
  new UnprocessableEntityException(Object.values(error?.constraints ?? {})[0]);

const app = await NestFactory.create<NestExpressApplication>(AppModule, { logger: ['error'] });
app.set('etag', false);
app.use(requestLog);
app.useGlobalPipes(
  new ValidationPipe({
    transform: true,
    whitelist: true,
    stopAtFirstError: true,
    exceptionFactory: firstOf,
  }),
);
await app.listen(options.port, '127.0.0.1');
