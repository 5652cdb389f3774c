import { Database } from '../../src/database/database.js';
import { AvatarCleanUpService } from '../../src/modules/avatar/avatar-clean-up.service.js';
import { PictureUses } from '../../src/modules/avatar/picture-uses.js';
import { UserPictures } from '../../src/modules/avatar/user-pictures.js';
import { createUser, type TestUser } from '../support/accounts.js';
import { agePictures, pathOf, solid, startPictureApp, upload } from '../support/pictures.js';

/** A column of each type that may hold pictures, and two paths in it as they may be written. */
const COLUMNS: readonly [name: string, type: string, write: (paths: string[]) => unknown][] = [
  ['pictures', 'text[]', (paths) => paths],
  ['document', 'jsonb', (paths) => JSON.stringify({ shown: paths.map((url) => ({ url })) })],
  ['php', 'text', (paths) => JSON.stringify(paths).replaceAll('/', '\\/')],
  ['list', 'text', (paths) => paths.join(',')],
  ['page', 'text', (paths) => paths.map((path) => `<img src="http://a.test${path}">`).join('')],
];

let test: Awaited<ReturnType<typeof startPictureApp>>;
let user: TestUser;
let jpeg: Buffer;

beforeAll(async () => {
  test = await startPictureApp();
  jpeg = await solid(8, 8).jpeg().toBuffer();
  const columns = COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ');
  await test.db.query(`CREATE TABLE album (user_id bigint, ${columns})`);
  test.app.get(PictureUses).add({
    table: 'album',
    owner: 'user_id',
    columns: COLUMNS.map(([name]) => name),
  });
});

beforeEach(async () => {
  user = await createUser(test.db);
});

afterAll(() => test.close());

const picture = async (owner = user): Promise<string> =>
  String((await upload(test, owner.token, jpeg)).body.data);

const isKept = async (url: string): Promise<boolean> =>
  (await test.http.get(pathOf(url))).status === 200;

const take = (urls: readonly string[], owner = user) =>
  test.app.get(Database).transaction(() => test.app.get(UserPictures).take(owner.id, urls));

it.each(COLUMNS)('a picture in a list column (%s, %s) is kept from the clean-up', async (...of) => {
  const [column, , write] = of;
  const used = [await picture(), await picture()];
  const unused = await picture();
  await test.db.query(`INSERT INTO album (user_id, ${column}) VALUES ($1, $2)`, [
    user.id,
    write(used.map(pathOf)),
  ]);
  await agePictures(test, user, 25 * 60);
  await test.app.get(AvatarCleanUpService).cleanUp();
  expect(await Promise.all([...used, unused].map(isKept))).toEqual([true, true, false]);
});

it("another user's row keeps no picture", async () => {
  const url = await picture();
  const other = await createUser(test.db);
  await test.db.query('INSERT INTO album (user_id, pictures) VALUES ($1, $2)', [
    other.id,
    [pathOf(url)],
  ]);
  await agePictures(test, user, 25 * 60);
  await test.app.get(AvatarCleanUpService).cleanUp();
  expect(await isKept(url)).toBe(false);
});

describe('taking pictures into use', () => {
  it("gives the paths of the user's own, and nothing where one is not", async () => {
    const urls = [await picture(), await picture()];
    expect(await take(urls)).toEqual(urls.map(pathOf));
    expect(await take([])).toEqual([]);
    const other = await createUser(test.db);
    const foreign = await picture(other);
    for (const wrong of [foreign, 'http://elsewhere.test/a.jpg', '', 'nothing']) {
      expect(await take([...urls, wrong])).toBeUndefined();
    }
  });

  it('is refused outside of a transaction', async () => {
    await expect(test.app.get(UserPictures).take(user.id, [await picture()])).rejects.toThrow(
      'Taking pictures into use must be part of a transaction',
    );
  });
});
