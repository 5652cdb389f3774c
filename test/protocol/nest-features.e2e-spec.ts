import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  ConflictException,
  Controller,
  type DynamicModule,
  type ExceptionFilter,
  ForbiddenException,
  Get,
  GoneException,
  Header,
  HttpException,
  HttpStatus,
  Inject,
  Injectable,
  Module,
  NotFoundException,
  Param,
  PayloadTooLargeException,
  Redirect,
  Scope,
  StreamableFile,
  UnauthorizedException,
  UnprocessableEntityException,
  UseFilters,
} from '@nestjs/common';
import { Cron, SchedulerRegistry } from '@nestjs/schedule';
import { Test } from '@nestjs/testing';
import type { Response } from 'express';
import { Database } from '../../src/database/database.js';
import { UserAudit } from '../../src/modules/audit/entities/user-audit.entity.js';
import { Plain, Public } from '../../src/protocol/routing/action.decorators.js';
import { createUser } from '../support/accounts.js';
import { expectFailure } from '../support/envelope.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { send } from '../support/wire.js';

class Teapot extends Error {}

@Catch(Teapot)
class TeapotFilter implements ExceptionFilter {
  catch(_: Teapot, host: ArgumentsHost): void {
    host.switchToHttp().getResponse<Response>().status(418).json({ tea: true });
  }
}

/** What a module may throw, and its answer. */
const THROWN: readonly (readonly [
  error: HttpException,
  status: number,
  code: number,
  msg: string,
])[] = [
  [new ConflictException('Someone was faster'), 409, -1, 'Someone was faster'],
  [new ConflictException({ message: 'Someone was faster' }), 409, -1, 'Someone was faster'],
  [new ConflictException(), 409, -1, 'The request was refused'],
  [new ConflictException({ reason: 'fast' }), 409, -1, 'The request was refused'],
  [new GoneException('It was {{here}}'), 410, -1, 'It was {{here}}'],
  [new UnprocessableEntityException(['No name', 'No age']), 422, -1, 'No name; No age'],
  [new BadRequestException('It is closed'), 400, -1, 'It is closed'],
  [new BadRequestException(), 400, -1, 'The request is malformed'],
  [new NotFoundException('No such note'), 404, -1, 'No such note'],
  [new NotFoundException(), 404, -1000, 'There is no such endpoint'],
  [new ForbiddenException('Ask the owner'), 403, -1, 'Ask the owner'],
  [new ForbiddenException(), 403, -1, 'You are not allowed to do this'],
  [new UnauthorizedException('Who?'), 200, -400, 'You are not logged in, please log in'],
  [new PayloadTooLargeException(), 413, -1, 'The request is too large'],
  [
    new HttpException('ThrottlerException', HttpStatus.TOO_MANY_REQUESTS),
    429,
    -429,
    'Too many requests, please try again in 60 seconds',
  ],
];

@Injectable({ scope: Scope.REQUEST })
class PerRequest {
  readonly id = Math.random();
}

@Injectable()
class Job {
  @Cron('0 0 1 1 *', { name: 'feature.job' })
  run(): void {
    return;
  }
}

@Public()
@Controller('feature')
class FeatureController {
  constructor(
    @Inject('greeting') private readonly greeting: string,
    private readonly perRequest: PerRequest,
  ) {}

  @Get('provided')
  provided() {
    return this.greeting;
  }

  @Get('scoped')
  scoped() {
    return this.perRequest.id;
  }

  @Get('teapot')
  @UseFilters(TeapotFilter)
  teapot() {
    throw new Teapot();
  }

  @Get('thrown/:index')
  thrown(@Param('index') index: number) {
    throw THROWN[index]![0];
  }

  @Plain()
  @Get('moved/:place')
  @Redirect('/nowhere')
  moved(@Param('place') place: string) {
    return place === 'away' ? { url: '/elsewhere', statusCode: 307 } : undefined;
  }

  @Get('file')
  @Header('X-Made', 'yes')
  file() {
    return new StreamableFile(Buffer.from('bytes'), { type: 'text/plain' });
  }
}

@Module({})
class FeatureModule {
  static forRoot(greeting: string): DynamicModule {
    return {
      module: FeatureModule,
      controllers: [FeatureController],
      providers: [
        PerRequest,
        Job,
        TeapotFilter,
        { provide: 'greeting', useFactory: () => Promise.resolve(greeting) },
      ],
    };
  }
}

@Module({ imports: [FeatureModule.forRoot('hello')] })
class AnyModule {}

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({}, [AnyModule]);
});

afterAll(() => test.close());

const get = (action: string) => send(test.url, { path: `/feature/${action}` });

describe('what the documentation of Nest shows', () => {
  it('has dynamic modules and providers by factory', async () => {
    expect((await get('provided')).body.data).toBe('hello');
  });

  it('has providers in the scope of a request', async () => {
    const [one, other] = [await get('scoped'), await get('scoped')];
    expect(one.body.data).not.toBe(other.body.data);
  });

  it('has exception filters of a route, before the one of the protocol', async () => {
    expect(await get('teapot')).toMatchObject({ status: 418, body: { tea: true } });
    expectFailure(await get('thrown/9'), 404, -1000);
  });

  it.each(THROWN.map((thrown, index) => [index, ...thrown] as const))(
    'has exceptions with a status and a text: %i %s',
    async (index, _, status, code, msg) => {
      const answer = await get(`thrown/${index}?lang=en`);
      expectFailure(answer, status, code);
      expect(answer.body.msg).toBe(msg);
      expect(answer.headers['retry-after']).toBe(status === 429 ? '60' : undefined);
    },
  );

  it('has redirects whose target is computed, in answers of their own form', async () => {
    const away = await get('moved/away');
    expect(away).toMatchObject({ status: 307, headers: { location: '/elsewhere' } });
    const usual = await get('moved/here');
    expect(usual).toMatchObject({ status: 302, headers: { location: '/nowhere' } });
  });

  it('has files that are streamed, and headers', async () => {
    const answer = await get('file');
    expect(answer).toMatchObject({ status: 200, text: 'bytes' });
    expect(answer.headers['x-made']).toBe('yes');
  });

  it('has scheduled jobs', () => {
    expect(test.app.get(SchedulerRegistry).getCronJobs().has('feature.job')).toBe(true);
  });

  it('tests a provider apart from the service', async () => {
    const module = await Test.createTestingModule({ providers: [PerRequest] }).compile();
    expect((await module.resolve(PerRequest)).id).toEqual(expect.any(Number));
  });
});

describe('what the documentation of TypeORM shows', () => {
  const rows = () => test.app.get(Database).repository(UserAudit);

  const added = async (userId: string) => {
    const row = { user_id: userId, action: 'session.opened' as const, changes: {} };
    const origin = { request_id: '1', session_id: null, application_client_type: 'pc' };
    return rows().save({ ...row, ...origin, system_type: 'default', client_address: '' });
  };

  const undone = async (work: () => Promise<unknown>): Promise<void> => {
    const failing = test.app.get(Database).transaction(async () => {
      await work();
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
  };

  it('is a part of the open transaction: repository, query builder and query()', async () => {
    const { id: userId } = await createUser(test.db);
    const { id } = await added(userId);
    await undone(() => rows().delete({ id }));
    await undone(() => rows().createQueryBuilder().delete().where({ id }).execute());
    await undone(() => rows().query('DELETE FROM sxo_user_audit WHERE id = $1', [id]));
    expect(await rows().countBy({ id })).toBe(1);
  });

  it('opens no transaction of which named statements and events would be no part', async () => {
    const { id: userId } = await createUser(test.db);
    const { id } = await added(userId);
    const own = () => rows().manager.transaction((manager) => manager.delete(UserAudit, { id }));
    const refusal = 'use Database.transaction()';
    await expect(own()).rejects.toThrow(refusal);
    await test.app.get(Database).transaction(async () => {
      await expect(own()).rejects.toThrow(refusal);
      await rows().update({ id }, { client_address: 'kept' });
    });
    expect(await rows().findOneByOrFail({ id })).toMatchObject({ client_address: 'kept' });
  });
});
