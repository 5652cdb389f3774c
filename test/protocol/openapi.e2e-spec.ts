import { readdirSync, readFileSync } from 'node:fs';
import { DiscoveryService } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { validateSync } from 'class-validator';
import { buildOpenApiDocument } from '../../src/protocol/openapi/openapi.js';
import { PageDto } from '../../src/protocol/request/paging.js';
import { createUser } from '../support/accounts.js';
import { routesOf } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Described {
  readonly name: string;
  readonly required: boolean;
  readonly isArray?: boolean;
  /** Of a nested object a class, or a function that gives it. */
  readonly type?: string | (new () => object) | (() => unknown);
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly example?: string;
  readonly maxLength?: number;
}

interface Operation {
  readonly summary?: string;
  readonly parameters: (Described & {
    readonly in: string;
    readonly schema?: { readonly default?: unknown };
  })[];
  readonly responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}

/** The status where a guard refuses. */
const FORBIDDEN = 403;

let test: TestApp;
let document: OpenAPIObject;

beforeAll(async () => {
  test = await startTestApp();
  document = buildOpenApiDocument(test.app);
});

afterAll(async () => {
  await test.close();
});

const operation = (path: string, method: string): Operation | undefined =>
  (document.paths[path] as Record<string, Operation | undefined> | undefined)?.[
    method.toLowerCase()
  ];

it('is the committed document; npm run docs writes it anew', () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'),
  );
  expect(JSON.parse(JSON.stringify(document))).toEqual(committed);
});

it('describes every action, with every method that it serves and no other', () => {
  for (const { path, methods } of routesOf(test.app)) {
    const described = methods.filter((method) => method !== 'HEAD');
    expect({ path, methods: Object.keys(document.paths[path] ?? {}) }).toEqual({
      path,
      methods: described.map((method) => method.toLowerCase()),
    });
    for (const method of described) {
      expect(operation(path, method)?.summary).toEqual(expect.stringMatching(/\w/));
    }
  }
});

/** What a platform hands to its mini-program, as JSON; all other texts are shorter. */
const LONGEST_TEXT = 10_000;

describe('a parameter', () => {
  type Dto = new () => object;

  let dtos: Dto[];

  /** The DTO of every action that has one, and whether it is read as a body. */
  function* taken(): Generator<{ path: string; type: unknown; isBody: boolean }> {
    const table = routesOf(test.app);
    for (const { metatype } of test.app.get(DiscoveryService).getControllers()) {
      const controller = metatype as Dto;
      const prototype = controller.prototype as object;
      for (const { path, handler } of table) {
        const [owner, name = ''] = handler.split('.');
        if (owner !== controller.name) continue;
        const types = Reflect.getMetadata('design:paramtypes', prototype, name) as unknown[];
        const args = (Reflect.getMetadata('__routeArguments__', controller, name) ?? {}) as object;
        const body = Object.keys(args).find((key) => key.startsWith(`${BODY}:`));
        const isBody = (index: number) => body === `${BODY}:${String(index)}`;
        for (const [index, type] of types.entries()) {
          if (isBody(index) || dtos.includes(type as Dto))
            yield { path, type, isBody: isBody(index) };
        }
      }
    }
  }

  /** Nest's name of a body among a handler's arguments. */
  const BODY = '3';

  const described = (dto: Dto, name: string) =>
    Reflect.getMetadata('swagger/apiModelProperties', dto.prototype as object, name) as
      Described | undefined;

  /** The DTOs of a DTO's nested objects. */
  function nestedIn(dto: Dto): Dto[] {
    return Object.keys(new dto()).flatMap((name) => {
      const type = described(dto, name)?.type;
      const isClass = typeof type === 'function' && 'prototype' in type;
      const nested = typeof type === 'function' && !isClass ? (type as () => unknown)() : type;
      return dtos.includes(nested as Dto) ? [nested as Dto, ...nestedIn(nested as Dto)] : [];
    });
  }

  /** OpenAPI's name of a property's type, which `@ApiProperty()` without one keeps as a constructor. */
  const kindOf = (dto: Dto, name: string): Described['type'] => {
    const { type } = described(dto, name)!;
    return type === String ? 'string' : type;
  };

  const isText = (dto: Dto, name: string): boolean =>
    typeof kindOf(dto, name) === 'string' && !described(dto, name)!.isArray;

  /** Every parameter of a DTO but lists and nested objects, as the description shows it. */
  const exampleOf = (dto: Dto): Record<string, unknown> =>
    Object.fromEntries(
      Object.keys(new dto()).flatMap((name) => {
        if (!isText(dto, name)) return [];
        const { example, enum: values, format } = described(dto, name)!;
        return [[name, example ?? values?.[0] ?? (format === 'password' ? 'correct horse' : '')]];
      }),
    );

  beforeAll(async () => {
    const modules = new URL('../../src/modules/', import.meta.url);
    const files = readdirSync(modules, { recursive: true, encoding: 'utf8' });
    const found = await Promise.all(
      files
        .filter((path) => path.endsWith('.dto.ts'))
        .map((path) => import(new URL(path, modules).pathname) as Promise<Record<string, unknown>>),
    );
    dtos = [{ PageDto }, ...found]
      .flatMap((exports) => Object.values(exports))
      .filter((exported) => typeof exported === 'function') as Dto[];
  });

  it('has a rule and a description in every DTO', () => {
    expect(dtos.length).toBeGreaterThan(0);
    for (const dto of dtos) {
      const names = Object.keys(new dto());
      const errors = validateSync(new dto(), { whitelist: true, forbidNonWhitelisted: true });
      const without = errors.filter(({ constraints }) => constraints?.whitelistValidation);
      expect({ dto: dto.name, without }).toEqual({ dto: dto.name, without: [] });
      const undescribed = names.filter((name) => !described(dto, name));
      expect({ dto: dto.name, undescribed }).toEqual({ dto: dto.name, undescribed: [] });
    }
  });

  it('has a maximum where it is text, and is refused beyond it', async () => {
    const { token } = await createUser(test.db);
    const unbounded: string[] = [];
    const answers: object[] = [];
    for (const { path, type } of taken()) {
      const dto = type as Dto;
      for (const name of Object.keys(new dto())) {
        const { enum: values, format, maxLength = Infinity } = described(dto, name)!;
        const isPlain = kindOf(dto, name) === 'string' && isText(dto, name);
        if (!isPlain || values || format === 'binary') continue;
        if (maxLength > LONGEST_TEXT) unbounded.push(`${path} ${dto.name}.${name}`);
        else {
          const given = { ...exampleOf(dto), [name]: 'x'.repeat(maxLength + 1), token };
          const { status, body } = await test.http.post(path).send(given);
          // A module's own guard lets nobody as far as the rules.
          if (status === FORBIDDEN) continue;
          const { code, msg } = body as { code: number; msg: string };
          const refused = code < 0 && msg.includes(`（${name}）`);
          answers.push({ path, dto: dto.name, name, msg, refused });
        }
      }
    }
    expect(unbounded).toEqual([]);
    expect(answers.length).toBeGreaterThan(20);
    expect(answers.filter((answer) => !('refused' in answer && answer.refused))).toEqual([]);
  });

  it('comes in a DTO, and every DTO is used', () => {
    const used = [...taken()];
    expect(used.filter(({ type }) => !dtos.includes(type as Dto))).toEqual([]);
    const nested = dtos.flatMap(nestedIn);
    expect(new Set([...used.map(({ type }) => type), ...nested])).toEqual(new Set(dtos));
  });

  it('of a read is described as what its DTO takes', () => {
    const reads = [...taken()].filter(({ isBody }) => !isBody);
    expect(reads.length).toBeGreaterThan(0);
    const common = operation('/base/common', 'GET')!.parameters.map(({ name }) => name);
    for (const { path, type } of reads) {
      const own = operation(path, 'GET')!.parameters.filter(({ name }) => !common.includes(name));
      const dto = type as Dto;
      expect({
        path,
        own: own.map(({ name, required, schema }) => [name, required, schema?.default]).sort(),
      }).toEqual({
        path,
        own: Object.entries(new dto())
          .map(([name, initial]) => [name, described(dto, name)?.required, initial as unknown])
          .sort(),
      });
    }
  });
});

it("holds ShopXO's documented answer as the example of personal/save", () => {
  expect(operation('/personal/save', 'POST')?.responses['200']).toMatchObject({
    content: {
      'application/json': {
        schema: { required: ['msg', 'code', 'data'] },
        example: { msg: '修改成功', code: 0, data: { id: '469', upd_time: '1668859689' } },
      },
    },
  });
});

describe('the page and the document', () => {
  const PATHS = [
    '/docs',
    '/docs/openapi.json',
    '/docs/swagger-ui-init.js',
    '/docs/swagger-ui-bundle.js',
  ];

  it('are served for people and for machines', async () => {
    const page = await test.http.get('/docs');
    expect(page.status).toBe(200);
    expect(page.text).toContain('nest-shopxo API');
    const served = await test.http.get('/docs/openapi.json');
    expect(served.body).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it.each(PATHS)('are kept for a while, and then asked for again: %s', async (path) => {
    const served = await test.http.get(path);
    expect(served.status).toBe(200);
    expect(served.headers['cache-control']).toMatch(/^public, max-age=[1-9]\d*$/);
    const again = await test.http.get(path).set('If-None-Match', served.headers.etag!);
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
  });

  it('keep nobody from asking again for what is not there', async () => {
    const { status, body, headers } = await test.http.get('/docs/nothing');
    expect([status, body.code, headers['cache-control']]).toEqual([404, -1000, 'no-store']);
  });

  it('count as reads of an address', async () => {
    const limited = await startTestApp({
      DATABASE_URL: test.databaseUrl,
      RATE_LIMIT_PUBLIC_READS: '4',
    });
    const statuses: number[] = [];
    for (const path of [...PATHS, ...PATHS]) statuses.push((await limited.http.get(path)).status);
    const { status, body } = await limited.http.get('/base/common');
    await limited.close();
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429, 429, 429]);
    expect([status, body.code]).toEqual([429, -429]);
  });

  it.each([
    [{ NODE_ENV: 'production' }, 404],
    [{ NODE_ENV: 'production', API_DOCS: 'true' }, 200],
    [{ API_DOCS: 'false' }, 404],
    [{ NODE_ENV: 'development' }, 200],
  ])('are a setting, and not served in production without it: %j', async (env, status) => {
    const other = await startTestApp({ DATABASE_URL: test.databaseUrl, ...env });
    const answers = await Promise.all(PATHS.map((path) => other.http.get(path)));
    await other.close();
    expect(answers.map((answer) => answer.status)).toEqual(PATHS.map(() => status));
    for (const { body } of status === 404 ? answers : []) {
      expect(body).toMatchObject({ code: -1000, data: [] });
    }
  });
});
