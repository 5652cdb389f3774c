import { Controller, Get, type INestApplication } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import supertest from 'supertest';
import { CallerResolver } from './auth/token.guard.js';
import { EnvelopeInterceptor } from './envelope.interceptor.js';

import { requestContext } from './request/request-context.js';

@Controller()
class Handlers {
  @Get('nothing')
  nothing(): undefined {
    return undefined;
  }

  @Get('later-nothing')
  async laterNothing(): Promise<void> {
    await Promise.resolve();
  }

  @Get('null')
  null(): null {
    return null;
  }

  @Get('zero')
  zero(): number {
    return 0;
  }

  @Get('list')
  list(): string[] {
    return [];
  }
}

let app: INestApplication;

beforeAll(async () => {
  const testing = await Test.createTestingModule({
    controllers: [Handlers],
    providers: [
      { provide: CallerResolver, useValue: {} },
      { provide: APP_INTERCEPTOR, useClass: EnvelopeInterceptor },
    ],
  }).compile();
  app = testing.createNestApplication();
  app.use(requestContext);
  await app.init();
});

afterAll(() => app.close());

it.each([
  ['nothing', ''],
  ['later-nothing', ''],
  ['null', null],
  ['zero', 0],
  ['list', []],
])('a success has data, whatever the handler returns: %s', async (path, data) => {
  const server = app.getHttpServer() as Parameters<typeof supertest>[0];
  const { text } = await supertest(server).get(`/${path}`);
  expect(text).toBe(JSON.stringify({ msg: 'success', code: 0, data }));
});
