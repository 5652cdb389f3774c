import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import sharp from 'sharp';
import { jest } from '@jest/globals';
import { AvatarService } from '../../src/modules/avatar/avatar.service.js';
import { PictureEncoder } from '../../src/modules/avatar/picture-encoder.js';
import type { Identity } from '../../src/protocol/auth/token-resolver.js';
import { createUser, type TestUser } from '../support/accounts.js';
import {
  agePictures,
  filesBelow,
  noise,
  pathOf,
  solid,
  startPictureApp,
  untilOneWaits,
  upload,
} from '../support/pictures.js';
import { PUBLIC_URL } from '../support/test-app.js';

const DEFAULT = `${PUBLIC_URL}/static/index/default/images/default-user-avatar.jpg`;

let test: Awaited<ReturnType<typeof startPictureApp>>;
let user: TestUser;
let jpeg: Buffer;

beforeAll(async () => {
  test = await startPictureApp();
  jpeg = await solid(40, 30).jpeg().toBuffer();
});

afterAll(() => test.close());

beforeEach(async () => {
  user = await createUser(test.db);
  await rm(join(test.folder, 'upload'), { recursive: true, force: true });
});

const files = () => filesBelow(join(test.folder, 'upload'));

const rows = async (): Promise<string[]> => {
  const result = await test.db.query<{ path: string }>(
    'SELECT path FROM sxo_user_avatar WHERE user_id = $1',
    [user.id],
  );
  return result.rows.map(({ path }) => path);
};

const expectNothingStored = async () => {
  expect(await rows()).toEqual([]);
  expect(await files()).toEqual([]);
};

it('goes from upload to save to serving to reset', async () => {
  const uploaded = await upload(test, user.token, jpeg);
  expect(uploaded.status).toBe(200);
  expect(Object.keys(uploaded.body)).toEqual(['msg', 'code', 'data']);
  expect(uploaded.body).toMatchObject({ msg: '上传成功', code: 0 });
  const url = String(uploaded.body.data);
  expect(url).toMatch(
    /^http:\/\/shop\.test\/static\/upload\/images\/user_avatar\/\d{4}\/\d{2}\/[0-9a-f]{32}\.jpg$/,
  );
  expect(await rows()).toEqual([pathOf(url)]);
  expect(await files()).toEqual([
    join(test.folder, 'upload', pathOf(url).slice('/static/upload/'.length)),
  ]);

  const save = (avatar: string) =>
    test.http.post('/personal/save').send({ token: user.token, nickname: 'n', avatar });
  expect((await save(url)).body.data.avatar).toBe(url);
  const index = await test.http.get('/personal/index').query({ token: user.token });
  expect(index.body.data.data.avatar).toBe(url);

  const served = await test.http.get(pathOf(url));
  expect(await sharp(served.body as Buffer).metadata()).toMatchObject({
    format: 'jpeg',
    width: 30,
  });

  const stranger = await createUser(test.db);
  const theft = await test.http
    .post('/personal/save')
    .send({ token: stranger.token, nickname: 'n', avatar: url });
  expect(theft.body).toMatchObject({ code: -1, msg: expect.stringContaining('（avatar）') });

  expect((await save('')).body.data.avatar).toBe(DEFAULT);
  expect((await save(url)).body.data.avatar).toBe(url);
  expect((await save(DEFAULT)).body.data.avatar).toBe(DEFAULT);
});

describe('the served file', () => {
  it('is a picture that is cached for ever, and nothing else', async () => {
    const path = pathOf((await upload(test, user.token, jpeg)).body.data);
    const served = await test.http.get(path);
    expect(served.status).toBe(200);
    expect(served.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'content-length': String((served.body as Buffer).length),
    });
    const again = await test.http.get(path).set('If-None-Match', served.headers.etag!);
    expect(again.status).toBe(304);
    const head = await test.http.head(path);
    expect(head.headers['content-length']).toBe(served.headers['content-length']);
    expect((await test.http.post(path)).status).toBe(404);
  });

  it.each([
    ['a folder', (path: string) => path.slice(0, path.lastIndexOf('/'))],
    ['a folder with a slash', (path: string) => path.slice(0, path.lastIndexOf('/') + 1)],
    ['a file out of the folder', () => '/static/upload/secret.txt'],
    ['a file of another name', (path: string) => path.replace(/[0-9a-f]{32}\.jpg$/, 'x.jpg')],
    [
      'another picture',
      (path: string) => path.replace(/[0-9a-f]{32}\.jpg$/, `${'0'.repeat(32)}.jpg`),
    ],
    ['dots', (path: string) => path.replace(/[^/]*$/, '..%2f..%2f..%2f..%2fsecret.txt')],
    ['bare dots', (path: string) => path.replace(/[^/]*$/, '../../../../secret.txt')],
    ['a null byte', (path: string) => `${path}%00`],
    ['encoded letters', (path: string) => path.replace('user_avatar', '%75ser_avatar')],
  ])('cannot be %s', async (_, change) => {
    const path = pathOf((await upload(test, user.token, jpeg)).body.data);
    await writeFile(join(test.folder, 'upload', 'secret.txt'), 'secret');
    await writeFile(join(test.folder, 'upload', 'images', 'user_avatar', 'x.jpg'), 'secret');
    // A bare request: clients resolve dots before they send them.
    const { hostname, port } = new URL(test.url);
    const [status, text] = await new Promise<[number | undefined, string]>((resolve, reject) => {
      httpRequest({ hostname, port, path: change(path) }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve([response.statusCode, body]));
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
    expect(JSON.parse(text)).toEqual({ msg: '请求的接口不存在', code: -1000, data: [] });
  });
});

describe('the request', () => {
  const post = () => test.http.post('/personal/useravatarupload');

  it.each<[string, (request: ReturnType<typeof post>) => ReturnType<typeof post>]>([
    [
      'a field before the file',
      (request) => request.field('token', user.token).attach('file', jpeg, 'a'),
    ],
    [
      'a field after the file',
      (request) => request.attach('file', jpeg, 'a').field('token', user.token),
    ],
    ['the query', (request) => request.query({ token: user.token }).attach('file', jpeg, 'a')],
  ])('takes the token from %s', async (_, send) => {
    expect((await send(post())).body).toMatchObject({ code: 0 });
  });

  it('reaches the action by the entry script, with the public parameters as fields', async () => {
    const send = (fields: Record<string, string>) => {
      const request = test.http
        .post('/api.php?s=personal/useravatarupload')
        .query({ token: user.token });
      for (const [name, value] of Object.entries(fields)) void request.field(name, value);
      return request.attach('file', jpeg, 'a.jpg');
    };
    expect((await send({ application: 'app', lang: 'en' })).body).toMatchObject({
      msg: 'Uploaded',
    });
    expect((await send({ application: 'x', lang: 'en' })).body).toMatchObject({
      code: -1,
      msg: expect.stringContaining('(application)'),
    });
  });

  it.each<[string, (request: ReturnType<typeof post>) => ReturnType<typeof post>]>([
    ['no token', (request) => request.attach('file', jpeg, 'a.jpg')],
    [
      'an unknown token',
      (request) => request.query({ token: 'f'.repeat(32) }).attach('file', jpeg, 'a'),
    ],
    [
      'an unknown token in a field',
      (request) => request.attach('file', jpeg, 'a').field('token', 'x'),
    ],
    [
      'a wrong token in the header, not rescued by a good field',
      (request) =>
        request
          .set('Authorization', `Bearer ${'f'.repeat(32)}`)
          .field('token', user.token)
          .attach('file', jpeg, 'a'),
    ],
  ])('answers -400 to %s', async (_, send) => {
    const { status, body } = await send(post());
    expect(status).toBe(200);
    expect(body).toEqual({ msg: '登录失效，请重新登录', code: -400, data: [] });
    await expectNothingStored();
  });

  it('does not read the file of a caller whose header holds a wrong token', async () => {
    const { hostname, port } = new URL(test.url);
    // The body is announced and never sent: an answer can only come from the headers.
    const body = await new Promise<string>((resolve, reject) => {
      const request = httpRequest(
        {
          hostname,
          port,
          method: 'POST',
          path: '/personal/useravatarupload',
          headers: {
            Authorization: `Bearer ${'f'.repeat(32)}`,
            'Content-Type': 'multipart/form-data; boundary=x',
            'Content-Length': '1000',
          },
        },
        (response) => {
          response.on('data', (chunk: Buffer) => resolve(chunk.toString()));
          response.on('end', () => request.destroy());
        },
      );
      request.on('error', reject);
      request.flushHeaders();
    });
    expect(JSON.parse(body)).toMatchObject({ code: -400 });
  });

  it.each<[string, (request: ReturnType<typeof post>) => ReturnType<typeof post>, string]>([
    ['no body', (request) => request, '请填写图片（file）'],
    ['no file', (request) => request.field('other', '1'), '请填写图片（file）'],
    ['JSON', (request) => request.send({ img_x: 0 }), '裁剪参数'],
    [
      'a URL as text',
      (request) => request.field('file', 'http://169.254.169.254/latest'),
      '图片（file）须为上传的文件，不接收网址或文本',
    ],
    [
      'a URL in JSON',
      (request) => request.send({ file: 'http://127.0.0.1/' }),
      '图片（file）须为上传的文件，不接收网址或文本',
    ],
    [
      'a URL beside a file',
      (request) => request.field('file', 'http://127.0.0.1/').attach('file', jpeg, 'a'),
      '图片（file）须为上传的文件，不接收网址或文本',
    ],
  ])('answers -1 to %s', async (_, send, msg) => {
    const { status, body } = await send(post().query({ token: user.token }));
    expect(status).toBe(200);
    expect(body).toMatchObject({ code: -1, msg: expect.stringContaining(msg), data: [] });
    await expectNothingStored();
  });

  it.each<[string, (request: ReturnType<typeof post>) => ReturnType<typeof post>, number, string]>([
    [
      'a second file',
      (request) => request.attach('file', jpeg, 'a').attach('file', jpeg, 'b'),
      400,
      '仅接收一个文件',
    ],
    [
      'a file of another field',
      (request) => request.attach('photo', jpeg, 'a'),
      400,
      '字段名为 file',
    ],
    [
      'a long field',
      (request) => request.field('x', 'y'.repeat(1_001)),
      413,
      '（x）不得超过 1000 字节',
    ],
    [
      'many fields',
      (request) => {
        for (let index = 0; index <= 100; index += 1) void request.field(`f${index}`, '1');
        return request;
      },
      413,
      '不得超过 100 个',
    ],
    [
      'a broken-off body',
      (request) =>
        request
          .set('Content-Type', 'multipart/form-data; boundary=x')
          .send('--x\r\nContent-Disposition: f'),
      400,
      '请求内容格式错误',
    ],
  ])('refuses %s', async (_, send, status, msg) => {
    const response = await send(post().query({ token: user.token }));
    expect(response.status).toBe(status);
    expect(response.body).toMatchObject({ code: -1, msg: expect.stringContaining(msg), data: [] });
    await expectNothingStored();
  });

  it('takes a file of 5 MB and not one byte more', async () => {
    // What follows the picture's end counts, although it is thrown away.
    const padded = (size: number) => Buffer.concat([jpeg, Buffer.alloc(size - jpeg.length)]);
    expect((await upload(test, user.token, padded(5_000_000))).body.code).toBe(0);
    for (const size of [5_000_001, 5_300_000]) {
      const { status, body } = await upload(test, user.token, padded(size));
      expect({ size, status, body }).toEqual({
        size,
        status: 413,
        body: { msg: '文件不得超过 5 MB', code: -1, data: [] },
      });
    }
    expect(await rows()).toHaveLength(1);
  });

  describe('beside empty file inputs', () => {
    const empty = (name: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"; filename=""\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n\r\n';
    const picture = () =>
      Buffer.concat([
        Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'),
        jpeg,
        Buffer.from('\r\n'),
      ]);
    const send = (...parts: (string | Buffer)[]) =>
      post()
        .query({ token: user.token })
        .set('Content-Type', 'multipart/form-data; boundary=x')
        .send(Buffer.concat([...parts, '--x--\r\n'].map((part) => Buffer.from(part))));

    it.each(['file', 'photo', 'another'])('takes the picture: %s', async (name) => {
      expect((await send(empty(name), picture())).body).toMatchObject({ code: 0 });
      expect((await send(picture(), empty(name))).body).toMatchObject({ code: 0 });
      expect((await send(empty(name), picture(), empty('x'))).body).toMatchObject({ code: 0 });
    });

    it('asks for the picture where there is none', async () => {
      const { status, body } = await send(empty('file'), empty('photo'));
      expect(status).toBe(200);
      expect(body).toMatchObject({ code: -1, msg: '请填写图片（file）' });
    });

    it('takes an empty file that has a name for a file', async () => {
      const named = empty('photo').replace('filename=""', 'filename="b.jpg"');
      expect((await send(picture(), named)).status).toBe(400);
      await expectNothingStored();
    });

    it('takes a file without a name for a file', async () => {
      const nameless = Buffer.from(picture().toString('latin1').replace('"a.jpg"', '""'), 'latin1');
      expect((await send(nameless)).body).toMatchObject({ code: 0 });
    });

    it('refuses fields whose text cannot be read', async () => {
      const field = '--x\r\nContent-Disposition: form-data; name="img_x"\r\n\r\n\xff\r\n';
      expect((await send(Buffer.from(field, 'latin1'), picture())).status).toBe(400);
      await expectNothingStored();
    });
  });

  it('leaves the limit of other routes as it is', async () => {
    const { status, body } = await test.http
      .post('/personal/save')
      .field('token', user.token)
      .attach('file', jpeg, 'a.jpg');
    expect({ status, code: body.code }).toEqual({ status: 400, code: -1 });
  });

  /** Begins to send so many files and does not go on. */
  const beginFiles = (count: number, token = '') =>
    Array.from({ length: count }, () => {
      const { hostname, port } = new URL(test.url);
      const request = httpRequest({
        hostname,
        port,
        method: 'POST',
        path: `/personal/useravatarupload?token=${token}`,
        headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      });
      request.on('error', () => undefined);
      request.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx');
      return request;
    });

  it('holds the files of two strangers of an address at once, while users with a token go on', async () => {
    const strangers = beginFiles(3);
    const [first] = await Promise.race(strangers.map((one) => once(one, 'response')));
    expect((first as IncomingMessage).statusCode).toBe(503);
    expect((await upload(test, user.token, jpeg)).body.code).toBe(0);
    expect((await post().attach('file', jpeg, 'a')).body.code).toBe(-400);
    for (const stranger of strangers) stranger.destroy();
  });

  it('holds two files of one user at once, while other users go on', async () => {
    const begun = beginFiles(2, user.token);
    const notAPicture = () => upload(test, user.token, Buffer.from('no'));
    let third = await notAPicture();
    while (third.status !== 429) third = await notAPicture();
    expect(third.body).toMatchObject({ code: -429, data: [] });
    expect(third.headers['retry-after']).toBe('5');
    const other = await createUser(test.db);
    expect((await upload(test, other.token, jpeg)).body.code).toBe(0);
    for (const request of begun) request.destroy();
    let later = await notAPicture();
    while (later.status === 429) later = await notAPicture();
    expect(later.body.code).toBe(-1);
  });

  it.each([
    ['/personal/useravatarupload', 'multipart/form-data; boundary=x', 5_000_000, 413],
    ['/personal/save', 'application/json', 100_000, 413],
    ['/personal/useravatarupload', 'multipart/form-data; boundary=x', 9, 400],
  ])('asks for the body that %s may have, of %s, only', async (path, type, length, status) => {
    const { hostname, port } = new URL(test.url);
    const tooLarge = status === 413;
    const [invited, answered] = await new Promise<[boolean, number | undefined]>(
      (resolve, reject) => {
        let asked = false;
        const request = httpRequest(
          {
            hostname,
            port,
            method: 'POST',
            path,
            headers: {
              Expect: '100-continue',
              'Content-Type': type,
              'Content-Length': tooLarge ? length * 2 : length,
            },
          },
          (response) => {
            response.resume();
            resolve([asked, response.statusCode]);
            request.destroy();
          },
        );
        request.on('continue', () => {
          asked = true;
          request.end('x'.repeat(length));
        });
        request.on('error', reject);
        request.flushHeaders();
      },
    );
    expect({ invited, answered }).toEqual({ invited: !tooLarge, answered: status });
  });

  it('tells a client that keeps its connection that 20 MB are too many', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const { hostname, port } = new URL(test.url);
    const body = Buffer.alloc(20_000_000);
    const sendOnce = () =>
      new Promise<{ status: number | undefined; text: string; localPort: number | undefined }>(
        (resolve, reject) => {
          const request = httpRequest(
            {
              agent,
              hostname,
              port,
              method: 'POST',
              path: `/personal/useravatarupload?token=${user.token}`,
              headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
            },
            (response) => {
              const { localPort } = response.socket;
              let text = '';
              response.on('data', (chunk: Buffer) => (text += chunk.toString()));
              response.on('end', () => resolve({ status: response.statusCode, text, localPort }));
            },
          );
          request.on('error', reject);
          request.end(body);
        },
      );
    const answers = [await sendOnce(), await sendOnce()];
    agent.destroy();
    for (const { status, text } of answers) {
      expect(status).toBe(413);
      expect(JSON.parse(text)).toEqual({ msg: '文件不得超过 5 MB', code: -1, data: [] });
    }
    expect(answers[1]!.localPort).toBe(answers[0]!.localPort);
  });
});

describe('the limit of five an hour', () => {
  const age = (minutes: number) => agePictures(test, user, minutes);

  it('counts the last hour, and tells when there is room again', async () => {
    for (let round = 0; round < 5; round += 1) {
      expect((await upload(test, user.token, jpeg)).body.code).toBe(0);
      if (round === 0) await age(40);
    }
    const { status, body, headers } = await upload(test, user.token, jpeg);
    expect(status).toBe(429);
    expect(body).toMatchObject({ code: -429, data: [] });
    const seconds = Number(headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(20 * 60);
    expect(body.msg).toContain(String(seconds));
    expect(await files()).toHaveLength(5);

    const other = await createUser(test.db);
    expect((await upload(test, other.token, jpeg)).body.code).toBe(0);
    await age(20);
    expect((await upload(test, user.token, jpeg)).body.code).toBe(0);
  });

  it('holds for uploads at once, of which one at a time is decoded', async () => {
    const service = test.app.get(AvatarService);
    const encoder = test.app.get(PictureEncoder);
    const encode = encoder.encode.bind(encoder);
    let [decoding, most] = [0, 0];
    const spy = jest.spyOn(encoder, 'encode');
    spy.mockImplementation(async (...order) => {
      decoding += 1;
      most = Math.max(most, decoding);
      // Until all that may be decoded are let through, so that they could come in between.
      while ((await rows()).length < 5) await setImmediate();
      return encode(...order).finally(() => (decoding -= 1));
    });
    const identity = { userId: user.id } as Identity;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, () => service.upload(identity, jpeg, {})),
    );
    const decoded = spy.mock.calls.length;
    spy.mockRestore();
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      expect(outcome.reason).toMatchObject({ failure: { code: -429 } });
    }
    expect({ most, decoded }).toEqual({ most: 1, decoded: 5 });
    expect(await rows()).toHaveLength(5);
    expect(await files()).toHaveLength(5);
  });

  it('does not count what its header refuses', async () => {
    const crop = { img_x: '0', img_y: '0', img_width: '42', img_height: '1' };
    for (let round = 0; round < 6; round += 1) {
      expect((await upload(test, user.token, Buffer.from('no'))).body.code).toBe(-1);
      expect((await upload(test, user.token, jpeg, crop)).body.code).toBe(-1);
    }
    expect((await upload(test, user.token, jpeg)).body.code).toBe(0);
  });

  it('counts what is decoded and turns out to be damaged', async () => {
    const damaged = (await noise(40, 30).png().toBuffer()).subarray(0, 2_000);
    for (let round = 0; round < 5; round += 1) {
      expect((await upload(test, user.token, damaged)).body.code).toBe(-1);
    }
    expect((await upload(test, user.token, jpeg)).status).toBe(429);
    expect(await files()).toEqual([]);
    await age(60);
    expect((await upload(test, user.token, jpeg)).body.code).toBe(0);
  });
});

describe('a failure on the way', () => {
  it('answers -503 where the disk does not take the file', async () => {
    // A file stands where the folder should be: root may write anywhere else.
    await writeFile(join(test.folder, 'upload'), '');
    const { status, body, headers } = await upload(test, user.token, jpeg);
    await rm(join(test.folder, 'upload'));
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
    expect(body).toEqual({ msg: '服务暂不可用，请稍后再试', code: -503, data: [] });
    expect(await files()).toEqual([]);
  });

  it('stores no file where its row cannot be written', async () => {
    await test.db.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON sxo_user_avatar
      FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const { status, body } = await upload(test, user.token, jpeg);
    await test.db.query('DROP FUNCTION refuse CASCADE');
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: -500, data: [] });
    expect(body.msg).not.toContain('refused');
    await expectNothingStored();
  });

  it('answers -400, and keeps no file, where the account ended meanwhile', async () => {
    const other = await test.db.connect();
    await other.query('BEGIN');
    await other.query('UPDATE sxo_user SET status = 2 WHERE id = $1', [user.id]);
    const pending = upload(test, user.token, jpeg).then((response) => response);
    await untilOneWaits(test);
    await other.query('COMMIT');
    other.release();
    expect((await pending).body).toMatchObject({ code: -400 });
    await expectNothingStored();
  });
});

it('makes a large file small', async () => {
  const large = await noise(1_200, 900).png().toBuffer();
  expect(large.length).toBeGreaterThan(1_000_000);
  const url = String((await upload(test, user.token, large)).body.data);
  const served = await test.http.get(pathOf(url));
  expect((served.body as Buffer).length).toBeLessThan(400_000);
});
