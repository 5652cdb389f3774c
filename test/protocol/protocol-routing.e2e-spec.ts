import { translate } from '../../src/envelope/message-catalogue.js';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { expectFailure } from '../support/envelope.js';
import { routesOf } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Answer, bearer, json, send, sendRaw, type Wire } from '../support/wire.js';

/** The routes that answer without a token; every other one must not. */
const HEALTH_ROUTES = ['/health/live', '/health/ready'];
const PUBLIC_ROUTES = [
  ...HEALTH_ROUTES,
  '/agreement/index',
  '/base/common',
  '/index/index',
  '/region/all',
  '/region/codedata',
  '/region/index',
  '/user/appminiuserauth',
  '/user/appminiuserinfo',
  '/user/center',
  '/user/forgetpwd',
  '/user/forgetpwdverifysend',
  '/user/login',
  '/user/loginverifysend',
  '/user/onekeyusermobilebind',
  '/user/onekeyusermobiledecrypt',
  '/user/reg',
  '/user/regverifysend',
  '/user/tokenuserinfo',
  '/user/userbasereg',
  '/user/userverifyentry',
  '/useraddress/idcardpicture',
].sort();

const SPELLINGS = ['/', '/api.php?s=', '/api.php/'] as const;

let test: TestApp;
let user: TestUser;

const call = (wire: Wire): Promise<Answer> => send(test.url, wire);

beforeAll(async () => {
  test = await startTestApp();
  user = await createUser(test.db, { nickname: 'before' });
});

afterAll(async () => {
  await test.close();
});

describe('a target', () => {
  const ask = (line: string): Promise<Answer> =>
    sendRaw(test.url, `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);

  it.each(['http://xn--a/personal/index', 'http://[::1/personal/index', '*'])(
    'that cannot be read names no route: %s',
    async (target) => {
      for (const method of ['GET', 'POST']) {
        const answer = await ask(`${method} ${target}`);
        expectFailure(answer, 404, -1000);
        expect(answer.headers).toHaveProperty('x-request-id');
        expect(answer.headers).not.toHaveProperty('x-powered-by');
      }
    },
  );

  it('may name a host, and OPTIONS all of them', async () => {
    const answer = await ask(`GET http://shop.test/personal/index?token=${user.token}`);
    expect(answer).toMatchObject({ status: 200, body: { code: 0 } });
    expect(await ask('OPTIONS *')).toMatchObject({ status: 204 });
  });
});

describe('a route is found', () => {
  const spellings = [
    ...SPELLINGS.map((prefix) => `${prefix}personal/index`),
    '/api.php?s=PERSONAL/INDEX',
    '/api.php/Personal/Index',
    '/api.php?s=/personal/index',
    '/api.php//personal/index',
    '/api.php?s=personal/index.html',
    '/api.php/personal/index.html',
    '/api.php?s=/Personal/iNDEX.HTML',
    '/api.php?s=personal%2Findex',
    '/api.php?s=%2Fpersonal%2Findex.html',
    '//api.php?s=personal/index',
    '///api.php?s=/personal/index',
    '/api.php/?s=personal/index',
    '//api.php//?s=personal/index.html',
    '/api.php?s=//Personal//index/',
    '//api.php//personal//index//',
    '/api.php/personal/index.html/',
    '//personal/index',
    '/personal//index',
    '/personal/index/',
  ];

  it.each(spellings)('%s', async (path) => {
    for (const method of ['GET', 'POST']) {
      const { status, body } = await call({ method, path, headers: bearer(user.token) });
      expect({ method, status, body }).toMatchObject({
        status: 200,
        body: { code: 0, data: { data: { id: user.id } } },
      });
    }
    const head = await call({ method: 'HEAD', path, headers: bearer(user.token) });
    expect(head).toMatchObject({ status: 200, text: '' });
  });

  it.each([...SPELLINGS, '//api.php?s=', '/api.php/?s=', '//'])(
    'for a write: %spersonal/save',
    async (prefix) => {
      const nickname = `by ${prefix}`;
      const answer = await call(json(`${prefix}personal/save`, { nickname }, bearer(user.token)));
      expect(answer.body).toMatchObject({ msg: '修改成功', code: 0, data: { nickname } });
      expect(await rowOf(test.db, user.id)).toMatchObject({ nickname });
    },
  );

  const others: [string, (token: string) => string][] = [
    ['behind s', (token) => `/api.php?s=personal/index&token=${token}&lang=en`],
    ['before s', (token) => `/api.php?token=${token}&lang=en&s=personal/index`],
    ['around s', (token) => `/api.php?token=${token}&s=personal/index&lang=en`],
    ['behind the path', (token) => `/api.php/personal/index.html?token=${token}&lang=en`],
    ['without the script', (token) => `/personal/index?token=${token}&lang=en`],
  ];

  it.each(others)('and the other query parameters stay: %s', async (_, path) => {
    const { body } = await call({ path: path(user.token) });
    expect(body).toMatchObject({
      code: 0,
      data: { data: { id: user.id, gender_text: translate('en', 'personal:gender.0') } },
    });
    const wrong = await call({ path: `${path(user.token)}&system_type=!` });
    expect(wrong.body).toMatchObject({ code: -1, msg: expect.stringContaining('(system_type)') });
  });
});

describe('no such route', () => {
  const names = [
    '',
    '/',
    'personal',
    'personal/',
    'personal/unknown',
    'unknown/index',
    'personal/index/more',
    'personal.index',
    'personal\\index',
    'personal/index.php',
    'personal/index.html.html',
    'personal/index%00',
    ' personal/index',
    '../personal/index',
    '..%2Fpersonal%2Findex',
    'health/live',
    'health/ready',
    'docs',
    'docs/openapi.json',
    'static/index/default/images/default-user-avatar.jpg',
    '__proto__',
    '__proto__/toString',
    'constructor',
    'constructor/prototype',
    'toString',
    'hasOwnProperty',
    'personal/__proto__',
    'personal/constructor',
    'personal/toString',
  ];
  const paths = [
    ...names.map((name) => `/api.php?s=${name.replace(' ', '%20')}`),
    ...names.map((name) => `/api.php/${name.replace(' ', '%20')}`),
    '/',
    '//',
    '/api.php',
    '//api.php',
    '/api.php/',
    '//api.php//',
    '//api.php?s=personal/unknown',
    '/api.php/?s=',
    '/api.php/?s=//',
    '/api.php//personal',
    '//api.php.bak?s=personal/index',
    '/api.php/api.php?s=personal/index',
    '/x//api.php?s=personal/index',
    '/personal/',
    '//personal//unknown',
    '/Personal/index/',
    '/api.php?s',
    '/api.php?s[]=personal/index',
    '/api.php?s[a]=personal/index',
    '/api.php?s=personal/index&s=personal/index',
    '/api.php?S=personal/index',
    '/api.php?lang=en',
    '/API.PHP?s=personal/index&lang=en',
    '/index.php?s=personal/index',
    '/api.php.bak?s=personal/index',
    '/../personal/index',
    '/personal/../personal/index',
    '/%70ersonal/index%00',
    '/%zz',
    '/__proto__',
    '/constructor',
    '/health',
    '/health/live/more',
  ];

  it.each(paths)('%s', async (path) => {
    for (const method of ['GET', 'POST']) {
      expectFailure(await call({ method, path, headers: bearer(user.token) }), 404, -1000);
    }
  });
});

describe('a method that the route does not serve', () => {
  const methods = ['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'TRACE'];

  it.each(SPELLINGS.flatMap((prefix) => methods.map((method) => [method, prefix] as const)))(
    '%s %spersonal/save',
    async (method, prefix) => {
      const before = await rowOf(test.db, user.id);
      const parameters = `nickname=changed&token=${user.token}`;
      const path = `${prefix}personal/save${prefix.includes('?') ? '&' : '?'}${parameters}`;
      const answer = await call({
        ...json(path, { nickname: 'changed' }, bearer(user.token)),
        method,
      });
      expect(answer.headers.allow).toBe('POST');
      if (method === 'HEAD') expect(answer).toMatchObject({ status: 405, text: '' });
      else expectFailure(answer, 405, -1000);
      expect(await rowOf(test.db, user.id)).toEqual(before);
    },
  );

  it.each(['PUT', 'PATCH', 'DELETE'])('%s on a read, which serves GET and POST', async (method) => {
    const answer = await call({ method, path: '/personal/index', headers: bearer(user.token) });
    expectFailure(answer, 405, -1000);
    expect(answer.headers.allow?.split(', ')).toEqual(expect.arrayContaining(['GET', 'POST']));
  });

  it('is named together with what is served', async () => {
    const { body } = await call({ method: 'PUT', path: '/personal/save?lang=en' });
    expect(body.msg).toContain('PUT');
    expect(body.msg).toContain('POST');
  });

  it('may not be smuggled in by an override', async () => {
    const { body } = await call({
      path: '/personal/index?_method=DELETE',
      headers: { ...bearer(user.token), 'X-HTTP-Method-Override': 'DELETE' },
    });
    expect(body.code).toBe(0);
  });
});

describe('the order of checks', () => {
  const wrongToken = bearer('0'.repeat(32));
  const malformed = '{"nickname":';

  const pairs: [string, () => Wire, number, number, RegExp][] = [
    ['route, then body', () => json('/personal/unknown', malformed), 404, -1000, /./],
    [
      'method, then body',
      () => ({ ...json('/personal/save', malformed), method: 'PUT' }),
      405,
      -1000,
      /PUT/,
    ],
    ['route, then token', () => json('/personal/unknown', {}, wrongToken), 404, -1000, /./],
    ['body, then token', () => json('/personal/save', malformed, wrongToken), 400, -1, /./],
    [
      "body's size, then token",
      () => json('/personal/save', { nickname: 'n'.repeat(100_000) }, wrongToken),
      413,
      -1,
      /100/,
    ],
    [
      "body's type, then token",
      () => json('/personal/save', {}, { ...wrongToken, 'Content-Type': 'text/plain' }),
      415,
      -1,
      /application\/json/,
    ],
    [
      'token, then public parameters',
      () => json('/personal/save', { application: 'x' }, wrongToken),
      200,
      -400,
      /登录/,
    ],
    [
      'public parameters, then own ones',
      () =>
        json(
          '/personal/save',
          { nickname: ['wrong'], application_client_type: 'x' },
          bearer(user.token),
        ),
      200,
      -1,
      /（application_client_type）/,
    ],
    [
      'own ones last',
      () => json('/personal/save', { nickname: ['wrong'] }, bearer(user.token)),
      200,
      -1,
      /（nickname）/,
    ],
  ];

  it.each(pairs)('%s', async (_, wire, status, code, message) => {
    const answer = await call(wire());
    expectFailure(answer, status, code);
    expect(answer.body.msg).toMatch(message);
  });

  it('of public parameters is that of the documentation', async () => {
    const wrong = { system_type: '!', application_client_type: '!', application: '!' };
    const right: Record<string, string> = {};
    for (const [name, value] of [
      ['application', 'app'],
      ['application_client_type', 'h5'],
      ['system_type', 'default'],
    ] as const) {
      const { body } = await call(
        json('/personal/index', { ...wrong, ...right }, bearer(user.token)),
      );
      expect(body).toMatchObject({ code: -1, msg: expect.stringContaining(`（${name}）`) });
      right[name] = value;
    }
  });
});

describe('a request without a token', () => {
  it('is refused by every route but the public ones', async () => {
    const actions = routesOf(test.app);
    expect(
      actions
        .filter((action) => action.public)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(PUBLIC_ROUTES);
    const closed = actions.filter(({ path }) => !PUBLIC_ROUTES.includes(path));
    expect(closed.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/personal/index', '/personal/save']),
    );
    for (const { path, methods } of closed) {
      for (const method of methods.filter((one) => one !== 'HEAD')) {
        for (const prefix of SPELLINGS) {
          expectFailure(await call({ method, path: prefix + path.slice(1) }), 200, -400);
        }
      }
    }
  });

  it.each(HEALTH_ROUTES)('is answered by %s, and so is one with a bad token', async (path) => {
    for (const headers of [{}, bearer('bad')]) {
      expect(await call({ path, headers })).toMatchObject({ status: 200, body: { status: 'ok' } });
    }
  });
});
