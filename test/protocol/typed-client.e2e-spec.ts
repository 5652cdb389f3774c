import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createShopxoClient, ShopxoError } from '../../clients/typescript/src/index.js';
import { createUser } from '../support/accounts.js';
import { CHEAP_HASHING, PASSWORD } from '../support/passwords.js';
import { solid, startPictureApp } from '../support/pictures.js';
import { PUBLIC_URL } from '../support/test-app.js';

const run = promisify(execFile);

const PACKAGE = fileURLToPath(new URL('../../clients/typescript/', import.meta.url));

let test: Awaited<ReturnType<typeof startPictureApp>>;
let client: ReturnType<typeof createShopxoClient>;

beforeAll(async () => {
  test = await startPictureApp({ ...CHEAP_HASHING, RATE_LIMIT_USER_READS: '20' });
  client = createShopxoClient({ baseUrl: test.url });
});

afterAll(() => test.close());

const account = { type: 'username', accounts: 'typed_user', pwd: PASSWORD } as const;

it('walks from the registration to the logout', async () => {
  const registered = await client.post('/user/reg', account);
  const { token } = await client
    .with({ application: 'app', applicationClientType: 'ios', systemType: 'mall' })
    .post('/user/login', account);
  expect(token).not.toBe(registered.token);
  const own = client.withToken(token);

  const profile = { nickname: '张三', gender: '1', birthday: '2000-02-29' } as const;
  expect(await own.with({ lang: 'en' }).post('/personal/save', profile)).toMatchObject({
    ...profile,
    system_type: 'mall',
    gender_text: 'Female',
  });
  expect((await own.get('/personal/index')).data.nickname).toBe('张三');
  expect(await own.post('/user/sessions')).toMatchObject([
    { application_client_type: 'ios', is_current: true },
    { application_client_type: 'pc', is_current: false },
  ]);

  const place = { tel: '13800138000', province: '1', city: '35', county: '402', address: '1号' };
  expect(await own.post('/useraddress/save', { ...place, name: '张三', is_default: '1' })).toBe('');
  await own.post('/useraddress/save', { ...place, name: '李四', lng: 116.4, lat: 39.9 });
  const list = async () => (await own.post('/useraddress/index')).data;
  const [first, second] = await list();
  expect([first, second]).toMatchObject([
    { name: '张三', is_default: true, province_name: '北京市' },
    { name: '李四', is_default: false, lng: '116.4000000000' },
  ]);
  await own.post('/useraddress/setdefault', { id: second!.id });
  expect((await list()).map(({ id, is_default }) => [id, is_default])).toEqual([
    [second!.id, true],
    [first!.id, false],
  ]);
  await own.post('/useraddress/delete', { id: second!.id });
  expect((await own.get('/useraddress/detail', { id: second!.id })).data).toBeNull();
  expect((await own.get('/useraddress/detail', { id: first!.id })).data?.name).toBe('张三');

  const picture = await solid(8, 8).jpeg().toBuffer();
  const avatar = await own.post('/personal/useravatarupload', {
    file: new File([new Uint8Array(picture)], 'a.jpg', { type: 'image/jpeg' }),
    img_x: 0,
    img_y: 0,
    img_width: 4,
    img_height: 4,
  });
  expect(avatar).toMatch(new RegExp(`^${PUBLIC_URL}/static/upload/images/user_avatar/.+\\.jpg$`));
  expect((await own.post('/personal/save', { ...profile, avatar })).avatar).toBe(avatar);

  expect(await own.post('/user/logout')).toBe('');
  await expect(own.get('/personal/index')).rejects.toMatchObject({ code: -400 });
});

it('sends the token in its header alone, and the public parameters in the query', async () => {
  const user = await createUser(test.db);
  const sent: Request[] = [];
  const own = createShopxoClient({
    baseUrl: `${test.url}/`,
    token: user.token,
    lang: 'cht',
    application: 'app',
    applicationClientType: 'h5',
    systemType: 'mall',
    fetch: (request) => {
      sent.push(request.clone());
      return fetch(request);
    },
  });
  await own.get('/region/index', { pid: '1' });
  await own.post('/personal/save', { nickname: 'x' });
  const query = 'application=app&application_client_type=h5&system_type=mall&lang=cht';
  expect(sent.map(({ method, url }) => [method, url])).toEqual([
    ['GET', `${test.url}/region/index?${query}&pid=1`],
    ['POST', `${test.url}/personal/save?${query}`],
  ]);
  expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(
    Array(2).fill(`Bearer ${user.token}`),
  );
  expect(await sent[1]!.text()).toBe('{"nickname":"x"}');
  await own.withToken().get('/base/common');
  expect(sent[2]!.headers.has('authorization')).toBe(false);
});

it('answers a picture as a blob', async () => {
  const picture = await client.get('/user/userverifyentry', { type: 'user_login' });
  expect(picture.type).toBe('image/png');
  expect(
    Buffer.from(await picture.arrayBuffer())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
});

describe('a failure', () => {
  it('is thrown with its code, its text in the language, its status and the id of its request', async () => {
    const { token } = await createUser(test.db);
    const own = createShopxoClient({ baseUrl: test.url, token, lang: 'spa' });
    const failure: unknown = await own
      .post('/personal/save', { nickname: ' ' })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ShopxoError);
    expect(failure).toMatchObject({
      name: 'ShopxoError',
      code: -1,
      msg: 'Apodo (nickname) debe tener de 1 a 60 caracteres',
      status: 200,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      retryAfter: undefined,
    });
    await expect(client.post('/user/logout')).rejects.toMatchObject({ code: -400, status: 200 });
  });

  it('of the transport carries its status, and how long to wait', async () => {
    const { token } = await createUser(test.db);
    const calls = Array.from({ length: 25 }, () => client.withToken(token).get('/personal/index'));
    const answers = await Promise.allSettled(calls);
    const refused = answers.find((answer) => answer.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: -429, retryAfter: expect.any(Number) });
    expect((refused!.reason as ShopxoError).retryAfter).toBeGreaterThan(0);
  });
});

describe('what is no answer of the service', () => {
  /** Something else in its place. */
  async function instead<Result>(
    listener: RequestListener,
    use: (other: typeof client) => Promise<Result>,
  ): Promise<Result> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      return await use(createShopxoClient({ baseUrl: `http://127.0.0.1:${String(port)}` }));
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  it.each([
    [502, 'text/html', '<h1>Bad Gateway</h1>', {}],
    [503, 'text/html', '', { 'Retry-After': '7' }],
    [200, 'text/html', '<p>Welcome to the hotel</p>', {}],
    [200, 'application/json', '{"code":"0","msg":"","data":""}', {}],
    [200, 'application/json', '{"code":0', {}],
    [404, 'application/json', 'null', {}],
    [204, 'application/json', '', {}],
  ])('is told by its status: %i, %s, %j', async (status, type, text, headers) => {
    const failure: unknown = await instead(
      (_, response) => response.writeHead(status, { 'Content-Type': type, ...headers }).end(text),
      (other) => other.get('/base/common').catch((error: unknown) => error),
    );
    expect(failure).toBeInstanceOf(ShopxoError);
    expect(failure).toMatchObject({
      code: undefined,
      status,
      msg: `No answer of the service: HTTP ${String(status)}`,
      retryAfter: status === 503 ? 7 : undefined,
    });
  });

  it.each([
    ['before a word', (): number => 0],
    ['in the middle of one', (response: { write(text: string): boolean }) => +response.write('{')],
  ])('is told by its cause where the connection ends %s', async (_, begin) => {
    const failure: unknown = await instead(
      ({ socket }, response) => {
        begin(response);
        setImmediate(() => socket.destroy());
      },
      (other) => other.get('/base/common').catch((error: unknown) => error),
    );
    expect(failure).toBeInstanceOf(ShopxoError);
    expect(failure).toMatchObject({
      code: undefined,
      status: undefined,
      cause: { name: 'TypeError' },
    });
  });

  it("ends with the signal's own reason", async () => {
    const ending = new AbortController();
    const reason = new Error('enough');
    await instead(
      () => ending.abort(reason),
      (other) =>
        expect(other.get('/base/common', {}, { signal: ending.signal })).rejects.toBe(reason),
    );
    const timeout = { signal: AbortSignal.timeout(1) };
    await instead(
      () => undefined,
      (other) =>
        expect(other.get('/base/common', {}, timeout)).rejects.toMatchObject({
          name: 'TimeoutError',
        }),
    );
  });
});

describe('the package', () => {
  const manifest = (path: string): Record<string, Record<string, string>> =>
    JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as never;

  it('needs what is installed here', () => {
    const { dependencies } = manifest('../../clients/typescript/package.json');
    const installed = manifest('../../package.json').devDependencies;
    expect(installed).toMatchObject(dependencies!);
  });

  it("builds, and runs its README's example", async () => {
    await run('npm', ['run', 'build', '--silent'], { cwd: PACKAGE });
    const [, example] = /```js\n([^]*?)```/.exec(readFileSync(`${PACKAGE}README.md`, 'utf8'))!;
    const file = `${PACKAGE}dist/example.js`;
    writeFileSync(file, example!.replace('http://127.0.0.1:3000', test.url));
    const { stdout } = await run(process.execPath, [file]);
    expect(stdout).toBe('p001\n-1 Nickname (nickname) must have 1 to 60 characters\n');
  }, 120_000);
});
