import { utimes } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import sharp from 'sharp';
import { SettingsError } from '../../src/config/env.js';
import { loadSettings } from '../../src/config/settings.js';
import { AvatarCleanUpService } from '../../src/modules/avatar/avatar-clean-up.service.js';
import { PictureSweepService } from '../../src/modules/avatar/picture-sweep.service.js';
import { createUser } from '../support/accounts.js';
import {
  agePictures,
  filesBelow,
  pathOf,
  solid,
  temporaryFolder,
  upload,
} from '../support/pictures.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const KEYS = { S3_ACCESS_KEY_ID: 'S3RVER', S3_SECRET_ACCESS_KEY: 'S3RVER', S3_REGION: 'us-east-1' };

let stored: Awaited<ReturnType<typeof temporaryFolder>>;
let data: Awaited<ReturnType<typeof temporaryFolder>>;
let store: S3rver;
let env: Record<string, string>;
let test: TestApp;
let jpeg: Buffer;

beforeAll(async () => {
  stored = await temporaryFolder();
  data = await temporaryFolder();
  store = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: stored.path,
    configureBuckets: [{ name: 'avatars' }],
  });
  const { port }: AddressInfo = await store.run();
  env = {
    ...KEYS,
    DATA_DIR: data.path,
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_BUCKET: 'avatars',
    S3_FORCE_PATH_STYLE: 'true',
  };
  test = await startTestApp(env);
  jpeg = await solid(40, 30).jpeg().toBuffer();
});

afterAll(async () => {
  await test.close();
  await store.close();
  await stored.remove();
  await data.remove();
});

const objects = async () =>
  (await filesBelow(stored.path)).filter((name) => name.endsWith('_object'));

it('stores, serves and removes pictures in a bucket', async () => {
  const user = await createUser(test.db);
  const { body } = await upload(test, user.token, jpeg);
  expect(body.data).toMatch(/^http:\/\/shop\.test\/static\/upload\/images\/user_avatar\//);
  const path = pathOf(String(body.data));
  expect(await objects()).toEqual([expect.stringContaining(`/avatars${path}`)]);
  expect(await filesBelow(data.path)).toEqual([]);

  const served = await test.http.get(path);
  expect(served.headers).toMatchObject({
    'content-type': 'image/jpeg',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  expect((await sharp(served.body as Buffer).metadata()).width).toBe(30);
  const saved = await test.http
    .post('/personal/save')
    .send({ token: user.token, nickname: 'n', avatar: body.data });
  expect(saved.body.data.avatar).toBe(body.data);

  const missing = await test.http.get(path.replace(/[0-9a-f]{32}/, '0'.repeat(32)));
  expect({ status: missing.status, code: missing.body.code }).toEqual({ status: 404, code: -1000 });

  await test.http.post('/personal/save').send({ token: user.token, nickname: 'n', avatar: '' });
  await test.db.query(`UPDATE sxo_user_avatar SET add_time = now() - interval '2 days'`);
  await test.app.get(AvatarCleanUpService).cleanUp();
  expect(await objects()).toEqual([]);
  expect((await test.http.get(path)).status).toBe(404);
});

it('removes an object whose upload failed when it was stored already', async () => {
  const user = await createUser(test.db);
  await test.db.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
    CREATE TRIGGER refuse BEFORE UPDATE ON sxo_user_avatar
    FOR EACH ROW EXECUTE FUNCTION refuse()`);
  expect((await upload(test, user.token, jpeg)).status).toBe(500);
  await test.db.query('DROP FUNCTION refuse CASCADE');
  expect(await objects()).toHaveLength(1);
  await agePictures(test, user, 25 * 60);
  await test.app.get(AvatarCleanUpService).cleanUp();
  expect(await objects()).toEqual([]);
});

it('removes objects that no row names, and no others', async () => {
  const user = await createUser(test.db);
  const client = new S3Client({
    endpoint: env.S3_ENDPOINT!,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: KEYS.S3_ACCESS_KEY_ID, secretAccessKey: KEYS.S3_SECRET_ACCESS_KEY },
  });
  const put = (Key: string) =>
    client.send(new PutObjectCommand({ Bucket: 'avatars', Key, Body: 'x' }));
  const kept = pathOf(String((await upload(test, user.token, jpeg)).body.data));
  for (let n = 0; n < 10; n += 1) {
    await put(`static/upload/images/user_avatar/2026/01/${n.toString(16).padStart(32, '0')}.jpg`);
  }
  await put(`private/id_card/2026/01/${'a'.repeat(32)}.jpg`);
  await put('backups/database.dump');
  client.destroy();
  await test.app.get(PictureSweepService).sweep();
  expect(await objects()).toHaveLength(13);
  const old = Date.now() / 1_000 - 25 * 60 * 60;
  for (const file of await objects()) await utimes(file, old, old);
  await test.app.get(PictureSweepService).sweep();
  const left = (await objects()).map((name) => name.slice(name.indexOf('/avatars/')));
  expect(left.sort()).toEqual([
    expect.stringContaining('/avatars/backups/database.dump'),
    expect.stringContaining(`/avatars${kept}`),
  ]);
  await test.db.query('DELETE FROM sxo_user_avatar');
});

describe('with other settings', () => {
  let other: TestApp;

  afterEach(async () => {
    await other.close();
  });

  it('leads to the public address of the bucket', async () => {
    other = await startTestApp({
      ...env,
      DATABASE_URL: dbUrl(),
      S3_PUBLIC_URL: 'https://cdn.test/avatars/',
    });
    const user = await createUser(other.db);
    const { body } = await upload(other, user.token, jpeg);
    const path = pathOf(String(body.data));
    const { status, headers } = await other.http.get(path).redirects(0);
    expect({ status, location: headers.location }).toEqual({
      status: 302,
      location: `https://cdn.test/avatars${path}`,
    });
  });

  it.each([
    ['a bucket that is not there', { S3_BUCKET: 'missing' }],
    ['a key that is wrong', { S3_ACCESS_KEY_ID: 'wrong' }],
    ['a store that is not there', { S3_ENDPOINT: 'http://127.0.0.1:1' }],
  ])('answers -503 and stores nothing, with %s', async (_, change) => {
    other = await startTestApp({ ...env, DATABASE_URL: dbUrl(), ...change });
    const user = await createUser(other.db);
    const before = await objects();
    const { status, body } = await upload(other, user.token, jpeg);
    expect({ status, body }).toEqual({
      status: 503,
      body: { msg: '服务暂不可用，请稍后再试', code: -503, data: [] },
    });
    expect(await objects()).toEqual(before);
    // Whether it was stored is not known, so that the clean-up has to look after it.
    const { rows } = await other.db.query(
      'SELECT is_stored FROM sxo_user_avatar WHERE user_id = $1',
      [user.id],
    );
    expect(rows).toEqual([{ is_stored: false }]);
  });
});

const dbUrl = (): string => String(test.db.options.connectionString);

describe('half-configured', () => {
  const complete = { ...KEYS, S3_BUCKET: 'avatars' };

  it.each(Object.keys(complete))('the start fails and names %s', (name) => {
    const incomplete = Object.fromEntries(Object.entries(complete).filter(([key]) => key !== name));
    const load = () => loadSettings(incomplete);
    expect(load).toThrow(SettingsError);
    expect(load).toThrow(new RegExp(`^${name} must be [^\n]*$`));
  });

  it.each([
    ['S3_ENDPOINT', 'not a url'],
    ['S3_BUCKET', 'Not A Bucket'],
    ['S3_FORCE_PATH_STYLE', 'yes'],
    ['S3_PUBLIC_URL', 'https://cdn.test/?x'],
    ['AVATAR_UPLOADS_PER_HOUR', '0'],
    ['AVATAR_UNUSED_HOURS', '1'],
    ['AVATAR_DECODERS', 'many'],
  ])('the start fails for a wrong %s', (name, value) => {
    expect(() => loadSettings({ ...complete, [name]: value })).toThrow(
      new RegExp(`^${name} must be `),
    );
  });

  it('says all that is missing for a single variable, the endpoint too', () => {
    expect(() => loadSettings({ S3_ENDPOINT: 'http://127.0.0.1:9' })).toThrow(
      /^S3_REGION .*\nS3_BUCKET .*\nS3_ACCESS_KEY_ID .*\nS3_SECRET_ACCESS_KEY .*$/,
    );
  });

  it('never repeats a secret', () => {
    let message = '';
    try {
      loadSettings({ ...complete, S3_SECRET_ACCESS_KEY: 'hush', S3_BUCKET: '' });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('S3_BUCKET');
    expect(message).not.toContain('hush');
  });
});
