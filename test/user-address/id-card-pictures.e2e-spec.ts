import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import sharp from 'sharp';
import { OutboxWorker } from '../../src/events/outbox.worker.js';
import { AvatarCleanUpService } from '../../src/modules/avatar/avatar-clean-up.service.js';
import {
  AVATAR_STORAGE,
  type AvatarStorage,
} from '../../src/modules/avatar/storage/avatar-storage.js';
import { IdCardMoverService } from '../../src/modules/user-address/id-card-mover.service.js';
import { createUser, type TestUser } from '../support/accounts.js';
import {
  filesBelow,
  pathOf,
  quarters,
  solid,
  startPictureApp,
  upload,
} from '../support/pictures.js';
import { PUBLIC_URL, startTestApp } from '../support/test-app.js';

const KEY = '0f'.repeat(32);
const VALID = {
  name: '张三',
  tel: '13800138000',
  province: '1',
  city: '35',
  county: '402',
  address: '东华门大街1号',
};
const GONE = { status: 404, body: { msg: '图片不存在或链接已过期', code: -1000, data: [] } };

let test: Awaited<ReturnType<typeof startPictureApp>>;
let user: TestUser;

beforeAll(async () => {
  test = await startPictureApp({ ID_CARD_KEY: KEY, AVATAR_UPLOADS_PER_HOUR: '5' });
});

beforeEach(async () => {
  user = await createUser(test.db);
});

afterAll(() => test.close());

const send = (file: Buffer, fields: Record<string, string> = {}, of = user) => {
  const request = test.http.post('/api.php?s=ueditor/index').query({ token: of.token });
  const all = { action: 'uploadimage', path_type: `user_address-1-${of.id}`, ...fields };
  for (const [name, value] of Object.entries(all)) void request.field(name, value);
  return request.attach('upfile', file, { filename: 'a.jpg' });
};

/** Uploads a picture and gives its link. */
async function card(width = 40, height = 30): Promise<string> {
  const { body } = await send(await solid(width, height).jpeg().toBuffer());
  expect(body).toEqual({ msg: '上传成功', code: 0, data: { url: expect.any(String) } });
  return String(body.data.url);
}

const call = async (action: string, body: object, of = user) =>
  (await test.http.post(`/useraddress/${action}`).send({ token: of.token, ...body })).body;

const save = (changes: object, of = user) => call('save', { ...VALID, ...changes }, of);

const first = async () => (await call('index', {})).data.data[0];

const open = (link: string) => test.http.get(pathOf(link)).buffer(true);

const opened = async (link: string): Promise<Buffer> => {
  const answer = await open(link);
  expect(answer.status).toBe(200);
  return answer.body as Buffer;
};

const isServed = async (link: string) => (await open(link)).status === 200;

const sealedFiles = () => filesBelow(join(test.folder, 'private'));

describe('an upload', () => {
  it('keeps the aspect, at most 2,000 pixels, upright and without metadata', async () => {
    const file = await (
      await quarters(3_000, 1_200)
    )
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { body } = await send(file);
    const metadata = await sharp(await opened(String(body.data.url))).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width: 800, height: 2_000 });
    expect(metadata.exif).toBeUndefined();
    const small = await sharp(await opened(await card(85, 54))).metadata();
    expect(small).toMatchObject({ width: 85, height: 54 });
  });

  it('is answered for who is logged in only, and for pictures only', async () => {
    const jpeg = await solid(8, 8).jpeg().toBuffer();
    const before = await sealedFiles();
    expect((await send(jpeg, {}, { ...user, token: '' })).body.code).toBe(-400);
    for (const [fields, field] of [
      [{ action: 'listimage' }, 'action'],
      [{ path_type: 'other' }, 'path_type'],
    ] as const) {
      expect((await send(jpeg, fields)).body).toMatchObject({
        code: -1,
        msg: expect.stringContaining(`（${field}）`),
      });
    }
    for (const damaged of [Buffer.from('no'), jpeg.subarray(0, -100)]) {
      expect((await send(damaged)).body).toMatchObject({
        code: -1,
        msg: expect.stringContaining('（upfile）'),
      });
    }
    expect(await sealedFiles()).toEqual(before);
  });

  it('is counted apart from those of avatars', async () => {
    const jpeg = await solid(8, 8).jpeg().toBuffer();
    for (let round = 0; round < 5; round += 1) await card();
    expect((await send(jpeg)).body.code).toBe(-429);
    expect((await upload(test, user.token, jpeg)).body.code).toBe(0);
  });

  it('has longer than other actions, for a store that is slow', async () => {
    const hurried = await startTestApp({
      DATABASE_URL: test.databaseUrl,
      DATA_DIR: test.folder,
      ID_CARD_KEY: KEY,
      DATABASE_REQUEST_TIMEOUT_MS: '100',
    });
    const storage = hurried.app.get<AvatarStorage>(AVATAR_STORAGE);
    const put = storage.put.bind(storage);
    jest.spyOn(storage, 'put').mockImplementation(async (...picture) => {
      await sleep(300);
      await put(...picture);
    });
    const { body } = await hurried.http
      .post('/ueditor/index')
      .query({ token: user.token })
      .field('action', 'uploadimage')
      .attach('upfile', await solid(8, 8).jpeg().toBuffer(), { filename: 'a.jpg' });
    await hurried.close();
    expect(body).toMatchObject({ code: 0 });
  });

  it('is refused by a shop without a key', async () => {
    const keyless = await startTestApp({ DATABASE_URL: test.databaseUrl, DATA_DIR: test.folder });
    const { body } = await keyless.http
      .post('/ueditor/index')
      .query({ token: user.token })
      .field('action', 'uploadimage')
      .attach('upfile', await solid(8, 8).jpeg().toBuffer(), { filename: 'a' });
    await keyless.close();
    expect(body).toEqual({
      msg: '本店不收集身份证照片（idcard_front、idcard_back）',
      code: -1,
      data: [],
    });
  });
});

describe('a stored picture', () => {
  it('is encrypted, and lies under no public path', async () => {
    const link = await card();
    const bytes = await opened(link);
    const [file] = (await sealedFiles()).slice(-1);
    const stored = await readFile(file!);
    expect(stored.includes(bytes.subarray(0, 16))).toBe(false);
    expect(stored.toString('latin1')).not.toContain('JFIF');
    const name = file!.slice(test.folder.length);
    for (const path of [name, `/static/upload${name}`, `/static/upload/..${name}`]) {
      expect((await test.http.get(path)).status).toBe(404);
    }
  });

  it("opens in no other one's place, and for no other user", async () => {
    const [one, other] = [await card(), await card()];
    const path = (link: string) =>
      join(test.folder, 'private/id_card', new URL(link).searchParams.get('picture')!);
    const bytes = await readFile(path(one));
    const { writeFile } = await import('node:fs/promises');
    await writeFile(path(other), bytes);
    expect((await open(other)).status).toBe(500);
    const thief = await createUser(test.db);
    await test.db.query('UPDATE sxo_user_avatar SET user_id = $2 WHERE user_id = $1', [
      user.id,
      thief.id,
    ]);
    expect((await open(one)).status).toBe(500);
  });
});

describe('a link', () => {
  it('shows the picture, and lets nobody keep it', async () => {
    const { headers, body } = await open(await card());
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(await sharp(body as Buffer).metadata()).toMatchObject({ width: 40, height: 30 });
  });

  it('is of no use when it was changed', async () => {
    const [link, other] = [new URL(await card()), new URL(await card())];
    const changed = (name: string, value: string) => {
      const url = new URL(link);
      url.searchParams.set(name, value);
      return url.href;
    };
    for (const url of [
      changed('expires', String(Number(link.searchParams.get('expires')) + 1)),
      changed('picture', other.searchParams.get('picture')!),
      changed('signature', 'a'.repeat(64)),
      changed('signature', ''),
      changed('signature', '签名'),
      changed('expires', 'NaN'),
      changed('picture', '../../upload'),
    ]) {
      const { status, body } = await test.http.get(pathOf(url));
      expect({ status, body }).toEqual(GONE);
    }
  });

  it('is of no use after ten minutes', async () => {
    const link = await card();
    const now = jest.spyOn(Date, 'now');
    const start = Date.now();
    now.mockReturnValue(start + 9 * 60_000);
    expect(await isServed(link)).toBe(true);
    now.mockReturnValue(start + 10 * 60_000 + 1_000);
    const { status, body } = await test.http.get(pathOf(link));
    now.mockRestore();
    expect({ status, body }).toEqual(GONE);
  });

  it('saves the address back as detail gave it, although it has expired', async () => {
    await save({ idcard_front: await card(), idcard_back: await card() });
    const { id } = await first();
    const shown = (await call('detail', { id })).data.data;
    const expired = shown.idcard_front.replace(/expires=\d+/, 'expires=1');
    expect((await save({ ...shown, idcard_front: expired })).code).toBe(0);
    const again = (await call('detail', { id })).data.data;
    expect(again.idcard_front_old).toBe(shown.idcard_front_old);
    expect(again.idcard_back_old).toBe(shown.idcard_back_old);
    expect(await isServed(again.idcard_front)).toBe(true);
  });

  it("of another user's picture cannot be saved, nor become an avatar", async () => {
    const link = await card();
    const stranger = await createUser(test.db);
    expect((await save({ idcard_front: link }, stranger)).msg).toContain('（idcard_front）');
    const path = `${PUBLIC_URL}/private/id_card/${new URL(link).searchParams.get('picture')}`;
    for (const avatar of [link, path]) {
      const request = { token: user.token, nickname: 'n', avatar };
      expect((await test.http.post('/personal/save').send(request)).body.code).toBe(-1);
    }
  });
});

describe('a picture goes', () => {
  it('with its address', async () => {
    const link = await card();
    await save({ idcard_front: link });
    const before = await sealedFiles();
    await call('delete', { id: (await first()).id });
    expect(await isServed(link)).toBe(false);
    expect((await sealedFiles()).length).toBe(before.length - 1);
  });

  it('when another one takes its place, and not before', async () => {
    const [old, next] = [await card(), await card()];
    await save({ idcard_front: old, idcard_back: old });
    const { id } = await first();
    await save({ id, idcard_front: next, idcard_back: old });
    expect(await isServed(old)).toBe(true);
    await save({ id, idcard_front: next, idcard_back: next });
    expect(await isServed(old)).toBe(false);
    expect(await isServed(next)).toBe(true);
  });

  it('with the account, saved or not', async () => {
    const before = (await sealedFiles()).length;
    const [saved, unsaved] = [await card(), await card()];
    await save({ idcard_front: saved });
    expect((await test.http.post('/safety/logout').send({ token: user.token })).body.code).toBe(0);
    await test.app.get(OutboxWorker).settled();
    for (const link of [saved, unsaved]) expect(await isServed(link)).toBe(false);
    expect((await sealedFiles()).length).toBe(before);
  });

  it('when no address used it for a day', async () => {
    const link = await card();
    await test.db.query(
      `UPDATE sxo_user_avatar SET add_time = now() - interval '25 hours' WHERE user_id = $1`,
      [user.id],
    );
    await test.app.get(AvatarCleanUpService).cleanUp();
    expect(await isServed(link)).toBe(false);
  });
});

describe('a public picture', () => {
  const publicPicture = async (): Promise<string> =>
    String((await upload(test, user.token, await solid(8, 8).jpeg().toBuffer())).body.data);

  const mover = () => test.app.get(IdCardMoverService).move();

  it('is sealed when an address is saved with it, and public no longer', async () => {
    const url = await publicPicture();
    expect((await save({ idcard_front: url })).code).toBe(0);
    const { id, idcard_front } = await first();
    expect(await isServed(idcard_front)).toBe(true);
    expect((await test.http.get(pathOf(url))).status).toBe(404);
    expect((await save({ id, idcard_front: url })).code).toBe(0);
  });

  it('of an address that was saved before is moved, and nothing is lost on the way', async () => {
    const [front, back, avatar] = [
      await publicPicture(),
      await publicPicture(),
      await publicPicture(),
    ];
    await test.http.post('/personal/save').send({ token: user.token, nickname: 'n', avatar });
    await save({});
    await save({});
    await test.db.query(
      'UPDATE sxo_user_address SET idcard_front = $2, idcard_back = $3 WHERE user_id = $1',
      [user.id, pathOf(front), pathOf(avatar)],
    );
    expect((await first()).idcard_front).toBe(front);
    // Stopped before the address named the sealed one, then done twice at once.
    await test.db.query(
      'ALTER TABLE sxo_user_address ADD CONSTRAINT stop CHECK (idcard_front NOT LIKE $$/private/%$$) NOT VALID',
    );
    await mover();
    expect((await test.http.get(pathOf(front))).status).toBe(200);
    await test.db.query('ALTER TABLE sxo_user_address DROP CONSTRAINT stop');
    await Promise.all([mover(), mover()]);
    const addresses = (await call('index', {})).data.data;
    expect(addresses).toHaveLength(2);
    for (const { idcard_front, idcard_back } of addresses) {
      expect(await isServed(idcard_front)).toBe(true);
      expect(await isServed(idcard_back)).toBe(true);
    }
    expect((await test.http.get(pathOf(front))).status).toBe(404);
    // It is the user's avatar too, and another one is in no address.
    expect((await test.http.get(pathOf(avatar))).status).toBe(200);
    expect((await test.http.get(pathOf(back))).status).toBe(200);
  });
});
