import { writeFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SchedulerRegistry } from '@nestjs/schedule';
import { AvatarCleanUpService } from '../../src/modules/avatar/avatar-clean-up.service.js';
import { jest } from '@jest/globals';
import { LocalAvatarStorage } from '../../src/modules/avatar/storage/local.avatar-storage.js';
import {
  AVATAR_STORAGE,
  StorageUnavailableException,
} from '../../src/modules/avatar/storage/avatar-storage.js';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import {
  agePictures,
  pathOf,
  solid,
  startPictureApp,
  untilOneWaits,
  upload,
} from '../support/pictures.js';
import { PUBLIC_URL } from '../support/test-app.js';

let test: Awaited<ReturnType<typeof startPictureApp>>;
let user: TestUser;
let jpeg: Buffer;

beforeAll(async () => {
  test = await startPictureApp();
  jpeg = await solid(8, 8).jpeg().toBuffer();
  const job = test.app.get(SchedulerRegistry).getCronJob(AvatarCleanUpService.jobName);
  // Hourly: two runs from now are an hour apart. It is stopped so that only the tests run it.
  const [next, later] = job.nextDates(2);
  expect(later!.diff(next!).as('hours')).toBe(1);
  await job.stop();
});

afterAll(() => test.close());

beforeEach(async () => {
  user = await createUser(test.db);
});

const cleanUp = () => test.app.get(AvatarCleanUpService).cleanUp();

/** Uploads a picture and makes it so many hours old. */
async function picture(hours: number): Promise<string> {
  const url = String((await upload(test, user.token, jpeg)).body.data);
  await test.db.query(
    'UPDATE sxo_user_avatar SET add_time = add_time - make_interval(hours => $2) WHERE path = $1',
    [pathOf(url), hours],
  );
  return url;
}

const save = (avatar: string) =>
  test.http.post('/personal/save').send({ token: user.token, nickname: 'n', avatar });

const isKept = async (url: string): Promise<{ row: boolean; file: boolean }> => {
  const path = pathOf(url);
  const { rowCount } = await test.db.query('SELECT FROM sxo_user_avatar WHERE path = $1', [path]);
  return { row: rowCount === 1, file: (await test.http.get(path)).status === 200 };
};

const KEPT = { row: true, file: true };
const GONE = { row: false, file: false };

it('removes what no profile uses a day after its upload, and nothing else', async () => {
  const old = await picture(25);
  const recent = await picture(23);
  const used = await picture(25);
  await save(used);
  await cleanUp();
  expect(await isKept(old)).toEqual(GONE);
  expect(await isKept(recent)).toEqual(KEPT);
  expect(await isKept(used)).toEqual(KEPT);
});

it('removes an avatar that was replaced', async () => {
  const first = await picture(25);
  await save(first);
  const second = await picture(25);
  await save(second);
  await cleanUp();
  expect(await isKept(first)).toEqual(GONE);
  expect(await isKept(second)).toEqual(KEPT);
  expect((await save(first)).body.code).toBe(-1);
});

it('goes through more than one page', async () => {
  await test.db.query(
    `INSERT INTO sxo_user_avatar (path, user_id, add_time)
     SELECT '/static/upload/images/user_avatar/2000/01/' || lpad(to_hex(n), 32, '0') || '.jpg', $1,
       now() - interval '2 days' FROM generate_series(1, 2500) n`,
    [user.id],
  );
  await cleanUp();
  const { rows } = await test.db.query('SELECT FROM sxo_user_avatar WHERE user_id = $1', [user.id]);
  expect(rows).toHaveLength(0);
});

it('may run in several instances at once', async () => {
  const old = [await picture(25), await picture(25)];
  await Promise.all(Array.from({ length: 5 }, cleanUp));
  for (const url of old) expect(await isKept(url)).toEqual(GONE);
});

it('leaves alone a picture that a save is just taking into use', async () => {
  const url = await picture(25);
  const saving = await test.db.connect();
  // What personal/save does, stopped before its commit.
  await saving.query('BEGIN');
  await saving.query('SELECT FROM sxo_user_avatar WHERE user_id = $1 FOR KEY SHARE', [user.id]);
  await saving.query('UPDATE sxo_user SET avatar = $2 WHERE id = $1', [user.id, pathOf(url)]);
  await cleanUp();
  await saving.query('COMMIT');
  saving.release();
  expect(await isKept(url)).toEqual(KEPT);
  await cleanUp();
  expect(await isKept(url)).toEqual(KEPT);
});

it('makes a save wait for a removal that is under way, and then refuses the picture', async () => {
  const url = await picture(25);
  const path = pathOf(url);
  const before = await rowOf(test.db, user.id);
  const removing = await test.db.connect();
  await removing.query('BEGIN');
  await removing.query('SELECT FROM sxo_user_avatar WHERE path = $1 FOR UPDATE', [path]);
  await removing.query('DELETE FROM sxo_user_avatar WHERE path = $1', [path]);
  const pending = save(url).then((response) => response);
  await untilOneWaits(test);
  await removing.query('COMMIT');
  removing.release();
  expect((await pending).body).toMatchObject({
    code: -1,
    msg: expect.stringContaining('（avatar）'),
  });
  expect(await rowOf(test.db, user.id)).toEqual(before);
});

it('never leaves a profile with a picture that is gone, whoever comes first', async () => {
  for (let round = 0; round < 20; round += 1) {
    user = await createUser(test.db);
    const url = await picture(25);
    const [{ body }] = await Promise.all([save(url), cleanUp()]);
    expect(await isKept(url)).toEqual(body.code === 0 ? KEPT : GONE);
  }
});

it('goes on where a file cannot be removed, and tries again the next time', async () => {
  const [stuck, other] = [await picture(25), await picture(25)];
  const file = join(test.folder, 'upload', pathOf(stuck).slice('/static/upload/'.length));
  // A folder that is not empty stands where the file was.
  await rm(file);
  await mkdir(file);
  await writeFile(join(file, 'x'), '');
  await cleanUp();
  expect(await isKept(other)).toEqual(GONE);
  expect((await isKept(stuck)).row).toBe(true);
  expect((await save(stuck)).body.code).toBe(-1);
  await rm(file, { recursive: true });
  await cleanUp();
  expect(await isKept(stuck)).toEqual(GONE);
});

it('removes what an upload left that failed after its picture was stored', async () => {
  const stored = new LocalAvatarStorage(test.folder);
  const storage = test.app.get<LocalAvatarStorage>(AVATAR_STORAGE);
  const put = jest.spyOn(storage, 'put');
  put.mockImplementation(async (path, bytes) => {
    await stored.put(path, bytes);
    throw new StorageUnavailableException(new Error('the answer is lost'));
  });
  expect((await upload(test, user.token, jpeg)).status).toBe(503);
  const [path] = put.mock.lastCall!;
  put.mockRestore();
  const url = PUBLIC_URL + path;
  expect(await isKept(url)).toEqual(KEPT);
  expect((await save(url)).body.code).toBe(-1);
  await cleanUp();
  expect(await isKept(url)).toEqual(KEPT);
  await agePictures(test, user, 25 * 60);
  await cleanUp();
  expect(await isKept(url)).toEqual(GONE);
});
