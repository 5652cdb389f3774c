import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PictureSweepService } from '../../src/modules/avatar/picture-sweep.service.js';
import { createUser, type TestUser } from '../support/accounts.js';
import { filesBelow, pathOf, solid, startPictureApp, upload } from '../support/pictures.js';

let test: Awaited<ReturnType<typeof startPictureApp>>;
let user: TestUser;

beforeAll(async () => {
  test = await startPictureApp();
});

beforeEach(async () => {
  user = await createUser(test.db);
});

afterAll(() => test.close());

const sweep = () => test.app.get(PictureSweepService).sweep();

const fileOf = (path: string) => join(test.folder, path.replace('/static/', ''));

async function age(file: string, hours: number): Promise<void> {
  const time = Date.now() / 1_000 - hours * 3_600;
  await utimes(file, time, time);
}

/** Uploads a picture whose file is so many hours old; gives its path. */
async function picture(hours: number): Promise<string> {
  const jpeg = await solid(8, 8).jpeg().toBuffer();
  const path = pathOf(String((await upload(test, user.token, jpeg)).body.data));
  await age(fileOf(path), hours);
  return path;
}

const exists = async (file: string) => (await filesBelow(test.folder)).includes(file);

it.each([
  ['the row', 'DELETE FROM sxo_user_avatar WHERE user_id = $1'],
  ['the account', 'DELETE FROM sxo_user WHERE id = $1'],
])('removes a file when %s was deleted by SQL, and leaves what a row names', async (_, sql) => {
  const orphan = await picture(25);
  const owner = user;
  user = await createUser(test.db);
  const kept = await picture(25);
  await test.db.query(sql, [owner.id]);
  await sweep();
  expect(await exists(fileOf(orphan))).toBe(false);
  expect(await exists(fileOf(kept))).toBe(true);
});

it('leaves what is younger than a day', async () => {
  const young = await picture(23);
  await test.db.query('DELETE FROM sxo_user_avatar WHERE user_id = $1', [user.id]);
  await sweep();
  expect(await exists(fileOf(young))).toBe(true);
});

it('removes sealed pictures and parts of broken-off uploads, and nothing that is not of pictures', async () => {
  const name = `2026/01/${'a'.repeat(32)}.jpg`;
  const [sealed, part, other, above] = [
    `private/id_card/${name}`,
    `upload/images/user_avatar/${name}.0a1b2c3d.tmp`,
    'upload/images/banner/logo.jpg',
    'private/notes.txt',
  ].map((path) => join(test.folder, path)) as [string, string, string, string];
  for (const file of [sealed, part, other, above]) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '');
    await age(file, 25);
  }
  await sweep();
  const kept = await Promise.all([sealed, part, other, above].map(exists));
  expect(kept).toEqual([false, false, true, true]);
});
