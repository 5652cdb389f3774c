import {
  Body,
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Headers,
  Injectable,
  type MiddlewareConsumer,
  Module,
  type NestInterceptor,
  type NestMiddleware,
  type NestModule,
  Param,
  ParseIntPipe,
  Post,
  Query,
  Req,
  Res,
  UploadedFile,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';
import { map } from 'rxjs';
import { Public, Read, Write } from '../../src/protocol/routing/action.decorators.js';
import { CurrentUser } from '../../src/protocol/request/request.decorators.js';
import type { Identity } from '../../src/protocol/auth/token-resolver.js';
import { createUser, type TestUser } from '../support/accounts.js';
import { expectFailure } from '../support/envelope.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer, json, send, type Wire } from '../support/wire.js';

@Injectable()
class StampMiddleware implements NestMiddleware {
  use(request: Request, response: Response, next: NextFunction): void {
    response.setHeader('x-stamp', `${request.method} ${request.originalUrl}`);
    next();
  }
}

/** Keeps the bytes that a signature is of. */
const keepBytes = express.raw({
  type: () => true,
  limit: '100kb',
  verify: (request, _response, bytes) => Object.assign(request, { rawBody: bytes }),
});

/** Gives a list a name. */
const asItems = (request: Request, _response: Response, next: NextFunction): void => {
  request.body = Buffer.from(`{"items":${String(request.body)}}`);
  next();
};

@Injectable()
class NotBannedWordGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.switchToHttp().getRequest<Request>().params.word !== 'banned';
  }
}

@Injectable()
class ListInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler) {
    return next.handle().pipe(map((data: unknown) => [data]));
  }
}

@Controller('note')
class NoteController {
  @Public()
  @Read('shown/:id')
  shown(@Param('id', ParseIntPipe) id: number) {
    return { id };
  }

  @Public()
  @Read('word/:word')
  @UseGuards(NotBannedWordGuard)
  @UseInterceptors(ListInterceptor)
  word(@Param('word') word: string) {
    return { word };
  }

  @Public()
  @Read('unstamped')
  unstamped(): void {
    return;
  }

  @Write('mine')
  mine(@CurrentUser() { userId }: Identity) {
    return { userId };
  }
}

/** Knows nothing of the protocol, like a controller that comes with a package. */
@Controller('foreign')
class ForeignController {
  @Get('closed')
  closed() {
    return 'closed';
  }

  @Public()
  @Get(['open', 'other/:name'])
  open(
    @Query('word') word: string,
    @Headers('x-word') header: string,
    @Param('name') name?: string,
  ) {
    return { word, header, name };
  }

  @Public()
  @Get('plain')
  plain(@Res() response: Response) {
    response.type('text/plain').send('as it is');
  }

  @Public()
  @Post('body')
  body(@Body('word') word: string) {
    return word;
  }

  @Public()
  @Post('signed')
  signed(@Req() request: Request & { rawBody: Buffer }, @Body('word') word: string) {
    return { word, bytes: request.rawBody.toString() };
  }

  @Public()
  @Post('items')
  items(@Body('items') items: unknown) {
    return items;
  }

  @Public()
  @Post('file')
  @UseInterceptors(FileInterceptor('file'))
  file(@UploadedFile() file: { size: number }, @Body('word') word: string) {
    return { bytes: file.size, word };
  }

  @Public()
  @Post('stream')
  async stream(@Req() request: Request) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  }
}

@Module({ controllers: [NoteController, ForeignController] })
class NoteModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(StampMiddleware).exclude('note/unstamped').forRoutes(NoteController);
    consumer.apply(keepBytes).forRoutes('foreign/signed');
    consumer.apply(keepBytes, asItems).forRoutes('foreign/items');
  }
}

let test: TestApp;
let user: TestUser;

beforeAll(async () => {
  test = await startTestApp({}, [NoteModule]);
  user = await createUser(test.db);
});

afterAll(() => test.close());

const call = (wire: Wire) => send(test.url, wire);

describe('a module as the documentation of Nest writes it', () => {
  it.each(['/note/shown/7', '/api.php?s=Note/SHOWN/7', '/api.php/note/shown/7.html'])(
    'has middleware and path parameters: %s',
    async (path) => {
      const answer = await call({ path });
      expect(answer.body).toMatchObject({ code: 0, data: { id: 7 } });
      expect(answer.headers['x-stamp']).toBe(`GET ${path}`);
    },
  );

  it.each([
    '/note/unstamped',
    '/note//unstamped/?word=w',
    '/api.php?s=Note/UNSTAMPED',
    '/api.php/note/unstamped.html',
    // Of another module, which has none of this one's middleware.
    '/base/common',
  ])('excludes a route from its middleware: %s', async (path) => {
    const answer = await call({ path });
    expect(answer.body.code).toBe(0);
    expect(answer.headers).not.toHaveProperty('x-stamp');
  });

  it('excludes no other route that is spelled like an excluded one', async () => {
    const answer = await call({ path: '/note/shown/7?s=note/unstamped' });
    expect(answer.headers).toHaveProperty('x-stamp');
  });

  it('has pipes whose exceptions are envelopes', async () => {
    expectFailure(await call({ path: '/note/shown/seven' }), 400, -1);
  });

  it('keeps the case of what the entry script passes on as a parameter', async () => {
    const { body } = await call({ path: '/api.php?s=NOTE/Word/CaSe' });
    expect(body.data).toEqual([{ word: 'CaSe' }]);
  });

  it('has guards and interceptors of its own', async () => {
    expect((await call({ path: '/note/word/good' })).body).toMatchObject({
      msg: 'success',
      data: [{ word: 'good' }],
    });
    // Not -400, upon which clients sign the user out.
    const banned = await call({ path: '/note/word/banned?lang=en' });
    expectFailure(banned, 403, -1);
    expect(banned.body.msg).toBe('You are not allowed to do this');
  });

  it('is closed by default, and knows who asks', async () => {
    expectFailure(await call(json('/note/mine', {})), 200, -400);
    const { body } = await call(json('/note/mine', {}, bearer(user.token)));
    expect(body.data).toEqual({ userId: user.id });
  });
});

describe('a controller that knows nothing of the protocol', () => {
  it('is closed by default', async () => {
    expectFailure(await call({ path: '/foreign/closed' }), 200, -400);
    const { body } = await call({ path: '/foreign/closed', headers: bearer(user.token) });
    expect(body.data).toBe('closed');
  });

  it('has every path, query, header and parameter', async () => {
    const headers = { 'X-Word': 'h' };
    const open = await call({ path: '/foreign/open?word=q', headers });
    expect(open.body.data).toEqual({ word: 'q', header: 'h' });
    const other = await call({ path: '/foreign/other/n?word=q', headers });
    expect(other.body.data).toEqual({ word: 'q', header: 'h', name: 'n' });
    expectFailure(await call({ method: 'POST', path: '/foreign/open' }), 404, -1000);
  });

  it('answers with a response of its own', async () => {
    expect(await call({ path: '/foreign/plain' })).toMatchObject({ text: 'as it is' });
  });

  it('reads a body', async () => {
    expect((await call(json('/foreign/body', { word: 'w' }))).body.data).toBe('w');
  });

  it('has the bytes of a body beside what they mean', async () => {
    const text = '{ "word": "w" }';
    const answer = await call(json('/foreign/signed', text));
    expect(answer.body.data).toEqual({ word: 'w', bytes: text });
    expectFailure(await call(json('/foreign/signed', '[')), 400, -1);
    expectFailure(await call(json('/foreign/signed', { word: 'w'.repeat(200_000) })), 413, -1);
  });

  it('is given a list for a body by middleware that names it only', async () => {
    expect((await call(json('/foreign/items', '[1]'))).body.data).toEqual([1]);
    const answer = await call(json('/foreign/body?lang=en', '[1]'));
    expectFailure(answer, 400, -1);
    expect(answer.body.msg).toBe('The request body must be a JSON object');
  });

  it('takes a file as Nest does', async () => {
    const form = new FormData();
    form.set('word', 'w');
    form.set('file', new Blob(['twelve bytes']), 'a.txt');
    const answer = await fetch(`${test.url}/foreign/file`, { method: 'POST', body: form });
    expect(await answer.json()).toMatchObject({ code: 0, data: { bytes: 12, word: 'w' } });
  });

  it('has the stream of a body that is of no type of the protocol', async () => {
    const headers = { 'Content-Type': 'text/xml' };
    const wire = { method: 'POST', path: '/foreign/stream', headers, body: '<xml/>' };
    expect((await call(wire)).body.data).toBe('<xml/>');
  });
});
