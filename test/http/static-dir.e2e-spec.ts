import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { send } from '../support/wire.js';

let base: string;
let dir: string;
let test: TestApp;

const read = (path: string, method = 'GET') => send(test.url, { method, path });

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'nest-shopxo-static-'));
  dir = join(base, 'static');
  await mkdir(join(dir, 'app/red/user'), { recursive: true });
  await mkdir(join(dir, '.git'));
  await mkdir(join(dir, 'index/default/images'), { recursive: true });
  await writeFile(join(base, 'secret.txt'), 'secret');
  await writeFile(join(dir, 'app/red/user/vip-code.png'), 'a picture');
  await writeFile(join(dir, 'app/red/user/名 称.txt'), 'a name');
  await writeFile(join(dir, 'page.html'), '<script>alert(1)</script>');
  await writeFile(join(dir, '.env'), 'secret');
  await writeFile(join(dir, '.git/config'), 'secret');
  await writeFile(join(dir, 'index/default/images/default-user-avatar.jpg'), 'another avatar');
  await symlink(join(base, 'secret.txt'), join(dir, 'out.txt'));
  await symlink(base, join(dir, 'up'));
  await symlink('.env', join(dir, 'hidden.txt'));
  await symlink('loop', join(dir, 'loop'));
  await symlink('app/red', join(dir, 'inside'));
  execFileSync('mkfifo', [join(dir, 'pipe')]);
  test = await startTestApp({ STATIC_DIR: dir });
});

afterAll(async () => {
  await test.close();
  await rm(base, { recursive: true });
});

it.each([
  '/static/app/red/user/vip-code.png',
  '/static/inside/user/vip-code.png',
  '/static/app/red/user/vip-code.png?v=1',
])('serves a file below /static: %s', async (path) => {
  const answer = await read(path);
  expect(answer).toMatchObject({ status: 200, text: 'a picture' });
  expect(answer.headers).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=3600',
    'x-content-type-options': 'nosniff',
    etag: expect.any(String),
  });
  const head = await read(path, 'HEAD');
  expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: '' });
  const again = await send(test.url, {
    method: 'GET',
    path,
    headers: { 'If-None-Match': String(answer.headers.etag) },
  });
  expect(again.status).toBe(304);
});

it('serves a name that is encoded', async () => {
  const answer = await read(`/static/app/red/user/${encodeURIComponent('名 称.txt')}`);
  expect(answer).toMatchObject({ status: 200, text: 'a name' });
});

it('lets no script of a page run', async () => {
  const { status, headers } = await read('/static/page.html');
  expect(status).toBe(200);
  expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
});

it("serves the service's own file before one of the same name", async () => {
  const { status, text } = await read('/static/index/default/images/default-user-avatar.jpg');
  expect(status).toBe(200);
  expect(text).not.toBe('another avatar');
});

it.each([
  '/static/',
  '/static/app',
  '/static/app/',
  '/static/.env',
  '/static/%2eenv',
  '/static/.git/config',
  '/static/hidden.txt',
  '/static/out.txt',
  '/static/up/secret.txt',
  '/static/up/static/page.html/..',
  '/static/../secret.txt',
  '/static/%2e%2e/secret.txt',
  '/static/..%2fsecret.txt',
  '/static/app/..%2f..%2f..%2fsecret.txt',
  '/static/..%5csecret.txt',
  '/static/loop',
  '/static/pipe',
  '/static/page.html/x',
  '/static/page.html%00.png',
  '/static/%zz',
  `/static/${'x'.repeat(5_000)}`,
  '/static/none.png',
])('serves nothing else: %s', async (path) => {
  const { status, body, text } = await read(path);
  expect(body).toMatchObject({ code: status === 400 ? -1 : -1000, data: [] });
  expect([400, 404]).toContain(status);
  expect(text).not.toContain('secret');
});

it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('serves nothing by %s', async (method) => {
  const { status, text } = await read('/static/app/red/user/vip-code.png', method);
  expect(status).not.toBe(200);
  expect(text).not.toContain('a picture');
});
