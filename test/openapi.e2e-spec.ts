import { readFileSync } from 'node:fs';
import type { OpenAPIObject } from '@nestjs/swagger';
import { buildOpenApiDocument } from '../src/openapi/openapi.js';
import { ActionTable } from '../src/protocol/action-table.js';
import { startTestApp, type TestApp } from './support/test-app.js';

interface Operation {
  readonly summary?: string;
  readonly responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}

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
    readFileSync(new URL('../docs/openapi.json', import.meta.url), 'utf8'),
  );
  expect(JSON.parse(JSON.stringify(document))).toEqual(committed);
});

it('describes every action, with every method that it serves and no other', () => {
  for (const { path, methods } of test.app.get(ActionTable).list()) {
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

it('is served for people and for machines', async () => {
  const page = await test.http.get('/docs');
  expect(page.status).toBe(200);
  expect(page.text).toContain('nest-shopxo API');
  const served = await test.http.get('/docs/openapi.json');
  expect(served.body).toEqual(JSON.parse(JSON.stringify(document)));
});
