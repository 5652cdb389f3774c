import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createShopxoClient } from '../../clients/typescript/src/index.js';
import { OutboxWorker } from '../../src/events/outbox.worker.js';
import { AvatarCleanUpService } from '../../src/modules/avatar/avatar-clean-up.service.js';
import { createAddress, createUser, type TestUser } from '../support/accounts.js';
import { dumpTables } from '../support/database-dump.js';
import { agePictures, pathOf, solid, startPictureApp, untilOneWaits } from '../support/pictures.js';
import { PUBLIC_URL, startTestApp, type TestApp } from '../support/test-app.js';
import { bearer, json, send } from '../support/wire.js';

const NUMBER = '11010519491231002X';
const DONE = { msg: '操作成功', code: 0, data: '' };
const UNKNOWN = { msg: '地址不存在', code: -1, data: [] };
const SEALED = /^\/private\/id_card\/\d{4}\/\d{2}\/[0-9a-f]{32}\.jpg$/;
const NOWHERE = '999999999';
const ACTIONS = ['index', 'detail', 'save', 'delete', 'setdefault'];

/** 北京市, 北京市, 东城区: the first of each level. */
const VALID = {
  name: '张三',
  tel: '13800138000',
  province: '1',
  city: '35',
  county: '402',
  address: '东华门大街1号',
};

let test: Awaited<ReturnType<typeof startPictureApp>>;
let user: TestUser;

beforeAll(async () => {
  test = await startPictureApp({ ID_CARD_KEY: '0f'.repeat(32) });
});

beforeEach(async () => {
  user = await createUser(test.db);
});

afterAll(() => test.close());

/** What clients call; what they could not write is sent by `call`. */
const own = ({ token } = user) => createShopxoClient({ baseUrl: test.url, token });

const call = async (action: string, body: object = {}, { token } = user, url = test.url) =>
  (await send(url, json(`/useraddress/${action}`, body, bearer(token)))).body;

const save = (changes: object = {}, of = user) => call('save', { ...VALID, ...changes }, of);
const list = async (of = user) => (await own(of).post('/useraddress/index')).data;
const detail = async (id: string, of = user) =>
  (await own(of).post('/useraddress/detail', { id })).data;

/** Saves an address and gives its id. */
async function saved(changes: object = {}): Promise<string> {
  const before = (await list()).map(({ id }) => id);
  expect(await save(changes)).toEqual(DONE);
  return (await list()).find(({ id }) => !before.includes(id))!.id;
}

/** So many addresses, straight into the table; their ids, the oldest first. */
async function fill(count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await createAddress(test.db, user.id));
  return ids;
}

const picture = async (of = user): Promise<string> =>
  own(of).post('/personal/useravatarupload', {
    file: new Blob([new Uint8Array(await solid(8, 8).jpeg().toBuffer())], { type: 'image/jpeg' }),
  });

const defaults = async (): Promise<string[]> =>
  (await list()).filter(({ is_default }) => is_default).map(({ id }) => id);

it.each(ACTIONS)('useraddress/%s is closed without a token', async (action) => {
  expect(await call(action, {}, { ...user, token: '' })).toMatchObject({ code: -400, data: [] });
});

describe('an address', () => {
  it('is shown in full and in order to its owner, and listed with its number masked', async () => {
    const [front, back] = [await picture(), await picture()];
    const id = await saved({
      name: ' 张三 ',
      alias: '公司',
      lng: 116.4074,
      lat: '-39.9042',
      is_default: 1,
      idcard_name: '张三',
      idcard_number: NUMBER,
      idcard_front: front,
      idcard_back: back,
    });
    const shown = {
      id,
      alias: '公司',
      ...VALID,
      lng: '116.4074000000',
      lat: '-39.9042000000',
      is_default: '1' as string | boolean,
      idcard_name: '张三',
      idcard_number: NUMBER,
      idcard_front: expect.any(String) as string,
      idcard_back: expect.any(String) as string,
      province_name: '北京市',
      city_name: '北京市',
      county_name: '东城区',
      idcard_front_old: expect.stringMatching(SEALED) as string,
      idcard_back_old: expect.stringMatching(SEALED) as string,
    };
    const detailed = await call('detail', { id });
    expect(detailed).toEqual({
      msg: 'success',
      code: 0,
      data: { data: shown, editor_path_type: `user_address-0-${user.id}` },
    });
    expect(Object.keys(detailed.data.data as object)).toEqual(Object.keys(shown));
    const listed = { ...shown, is_default: true, idcard_number: '110***********002X' };
    const answer = await call('index');
    expect(answer).toEqual({ msg: 'success', code: 0, data: { data: [listed] } });
    expect(Object.keys(answer.data.data[0] as object)).toEqual(Object.keys(shown));
  });

  it('has empty text and zeros where nothing was given', async () => {
    const id = await saved({ county: undefined });
    expect(await detail(id)).toEqual({
      id,
      alias: '',
      ...VALID,
      county: '0',
      lng: '0.0000000000',
      lat: '0.0000000000',
      is_default: '0',
      idcard_name: '',
      idcard_number: '',
      idcard_front: '',
      idcard_back: '',
      province_name: '北京市',
      city_name: '北京市',
      county_name: '',
      idcard_front_old: '',
      idcard_back_old: '',
    });
  });

  it.each([
    [4_679, 2],
    [4_824, 0],
    [4_919, 0],
    [4_992, 1],
  ])('of user %i has pictures in group %i', async (id, group) => {
    await test.db.query(`SELECT setval(pg_get_serial_sequence('sxo_user', 'id'), $1)`, [id - 1]);
    const answer = await call('detail', {}, await createUser(test.db));
    expect(answer.data.editor_path_type).toBe(`user_address-${group}-${id}`);
  });

  it('is read by GET, with its id in the query', async () => {
    const id = await saved();
    const headers = bearer(user.token);
    const answer = await send(test.url, {
      path: `/api.php?s=useraddress/detail&id=${id}`,
      headers,
    });
    expect(answer.body.data.data.id).toBe(id);
  });

  it.each([{}, { id: '' }, { id: 0 }, { id: '0' }, { id: NOWHERE }])(
    'is null for %j',
    async (body) => {
      await saved();
      const { code, data } = await call('detail', body);
      expect({ code, data }).toMatchObject({ code: 0, data: { data: null } });
    },
  );

  it('is replaced as a whole, and no other one', async () => {
    const other = await saved({ name: '李四' });
    const id = await saved({ alias: '公司', lng: 1, lat: 1, idcard_number: NUMBER, is_default: 1 });
    const before = await detail(other);
    expect(await save({ id, name: '王五', province: '3', city: '37', county: 0 })).toEqual(DONE);
    expect(await detail(id)).toMatchObject({
      name: '王五',
      province: '3',
      city: '37',
      county: '0',
      alias: '',
      lng: '0.0000000000',
      is_default: '0',
      idcard_number: '',
    });
    expect(await detail(other)).toEqual(before);
    expect(await list()).toHaveLength(2);
  });

  it('is deleted', async () => {
    const [kept, id] = [await saved(), await saved()];
    expect(await call('delete', { id })).toEqual({ msg: '删除成功', code: 0, data: '' });
    expect((await list()).map((one) => one.id)).toEqual([kept]);
    expect(await call('delete', { id })).toEqual(UNKNOWN);
  });
});

describe('a parameter', () => {
  const GOOD: [object, object?][] = [
    [{ name: '😀'.repeat(30) }],
    [{ tel: '1' }],
    [{ tel: '+86 138-0013800' }],
    [{ alias: '😀'.repeat(16) }],
    [{ alias: '' }],
    [{ address: '😀'.repeat(80) }],
    [{ county: 0 }, { county: '0' }],
    [{ county: '' }, { county: '0' }],
    [{ province: 1, city: 35, county: 402 }, VALID],
    [
      { lng: 180, lat: 90 },
      { lng: '180.0000000000', lat: '90.0000000000' },
    ],
    [
      { lng: '-180.0', lat: '-90' },
      { lng: '-180.0000000000', lat: '-90.0000000000' },
    ],
    [
      { lng: 1e-10, lat: '0.00000000014' },
      { lng: '0.0000000001', lat: '0.0000000001' },
    ],
    [
      { lng: '', lat: '' },
      { lng: '0.0000000000', lat: '0.0000000000' },
    ],
    [{ is_default: 1 }, { is_default: '1' }],
    [{ is_default: '0' }],
    [{ idcard_name: '😀'.repeat(60) }],
    [{ idcard_number: 'H(1234)-5'.padEnd(30, 'z') }],
    [{ idcard_number: '' }],
    [{ idcard_front: '', idcard_back: '' }],
    [{ user_id: '1', add_time: '1' }, {}],
  ];

  it.each(GOOD)('is taken at its limit: %j', async (changes, expected = changes) => {
    expect(await save(changes)).toEqual(DONE);
    expect(await detail((await list())[0]!.id)).toMatchObject(expected);
  });

  const BAD: Record<string, unknown[]> = {
    id: ['-1', '1.5', '01', 'x', null, ['1'], '9223372036854775808'],
    name: [undefined, '', ' ', '😀'.repeat(31), 'a\u202eb', null, 1, ['x'], {}],
    tel: [undefined, '', '1'.repeat(16), '+- ', '1a', '１', '1\n', 13800138000, null, ['1']],
    alias: ['😀'.repeat(17), null, ['x']],
    province: [undefined, '', '0', '35', '402', NOWHERE, 'x', null],
    city: [undefined, '', '0', '1', '402', NOWHERE, 'x', null],
    county: ['35', '1', NOWHERE, 'x', null],
    address: [undefined, '', '\u200b', '😀'.repeat(81), null],
    lng: [180.0000001, '-180.1', '1,5', '1e2', 'NaN', ' 1', true, null, [1], {}],
    lat: [90.0000001, '-90.1', '0x1', null],
    is_default: ['', '2', 'true', true, null],
    idcard_name: ['😀'.repeat(61), null],
    idcard_number: ['1'.repeat(31), '110***********002X', '１', ' 1', 1, null],
    idcard_front: ['x', 'javascript:alert(1)', 'http://evil.test/a.jpg', null, ['']],
    idcard_back: [`${PUBLIC_URL}/a.jpg`, `${PUBLIC_URL}.evil.test/a.jpg`, '/a.jpg', null],
  };

  it.each(
    Object.entries(BAD).flatMap(([name, values]) => values.map((value) => [name, value] as const)),
  )('%s is refused beyond it: %j', async (name, value) => {
    const place = name === 'lng' ? { lat: 1 } : name === 'lat' ? { lng: 1 } : {};
    expect(await save({ ...place, [name]: value })).toEqual({
      msg: expect.stringContaining(`（${name}）`),
      code: -1,
      data: [],
    });
    expect(await list()).toEqual([]);
  });

  it.each([{ lng: 1 }, { lat: 1 }, { lng: '', lat: 0 }])('needs its pair: %j', async (place) => {
    expect(await save(place)).toEqual({
      msg: '经度（lng）和纬度（lat）必须同时提供',
      code: -1,
      data: [],
    });
  });

  it('is told of in the order of the checks', async () => {
    const names = Object.keys(BAD);
    for (const [index, name] of names.entries()) {
      const wrong = Object.fromEntries(names.slice(index).map((later) => [later, null]));
      expect((await save(wrong)).msg).toContain(`（${name}）`);
    }
  });

  it.each(['delete', 'setdefault'])('id is needed by %s', async (action) => {
    for (const id of [undefined, '', '0', 'x', null, ['1']]) {
      expect(await call(action, { id })).toEqual({
        msg: expect.stringContaining('（id）'),
        code: -1,
        data: [],
      });
    }
  });

  it("county's city and city's province must be those that were chosen", async () => {
    const tianjin = { province: '2' };
    expect((await save(tianjin)).msg).toContain('（city）');
    expect((await save({ province: '3', city: '37' })).msg).toContain('（county）');
    expect(await list()).toEqual([]);
  });
});

describe('the default address', () => {
  it('is the one that was last said to be, and stands first', async () => {
    const first = await saved();
    expect(await defaults()).toEqual([]);
    const second = await saved({ is_default: 1 });
    const third = await saved({ is_default: '1' });
    const fourth = await saved();
    expect((await list()).map(({ id }) => id)).toEqual([third, fourth, second, first]);
    expect(await defaults()).toEqual([third]);

    const answer = await call('setdefault', { id: first });
    expect(answer).toEqual({ msg: '设置成功', code: 0, data: '' });
    expect((await list()).map(({ id }) => id)).toEqual([first, fourth, third, second]);
    expect(await defaults()).toEqual([first]);
    expect(await own().post('/useraddress/setdefault', { id: first })).toBe('');
    expect(await defaults()).toEqual([first]);

    await save({ id: second, is_default: 1 });
    expect(await defaults()).toEqual([second]);
    await save({ id: second, is_default: 1, name: '李四' });
    expect(await defaults()).toEqual([second]);
    await save({ id: second });
    expect(await defaults()).toEqual([]);
  });

  it('is no other one after it was deleted', async () => {
    const [, id] = [await saved(), await saved({ is_default: 1 })];
    expect(await own().post('/useraddress/delete', { id })).toBe('');
    expect(await defaults()).toEqual([]);
  });

  it('stays when an unknown one is to be it', async () => {
    const id = await saved({ is_default: 1 });
    expect(await call('setdefault', { id: NOWHERE })).toEqual(UNKNOWN);
    expect(await save({ id: NOWHERE, is_default: 1 })).toEqual(UNKNOWN);
    expect(await defaults()).toEqual([id]);
  });

  it('is one after a hundred calls at once', async () => {
    const ids = await fill(20);
    const calls = Array.from({ length: 100 }, (_, n) => call('setdefault', { id: ids[n % 20]! }));
    const codes = (await Promise.all(calls)).map(({ code }) => code as number);
    expect(codes).toEqual(Array<number>(100).fill(0));
    expect(await defaults()).toHaveLength(1);
  });

  it('is one after saves and calls at once', async () => {
    const ids = await fill(10);
    const calls = ids.flatMap((id) => [
      save({ is_default: 1 }),
      save({ id, is_default: 1 }),
      call('setdefault', { id }),
    ]);
    const codes = (await Promise.all(calls)).map(({ code }) => code as number);
    expect(codes).toEqual(Array<number>(30).fill(0));
    expect(await defaults()).toHaveLength(1);
    expect(await list()).toHaveLength(20);
  });
});

it('keeps no more than a user may have, also when all come at once', async () => {
  const answers = await Promise.all(Array.from({ length: 25 }, () => save()));
  expect(answers.filter(({ code }) => code === 0)).toHaveLength(20);
  const refused = answers.filter(({ code }) => code !== 0);
  expect(refused).toEqual(
    Array<object>(5).fill({ msg: '最多可有 20 个地址', code: -100, data: [] }),
  );
  const addresses = await list();
  expect(addresses).toHaveLength(20);
  expect(await save({ id: addresses[0]!.id, name: '李四' })).toEqual(DONE);
  await call('delete', { id: addresses[1]!.id });
  expect(await save()).toEqual(DONE);
});

it("answers another user's like an unknown one, and leaves it", async () => {
  const id = await saved({ is_default: 1 });
  const before = await detail(id);
  const other = await createUser(test.db);
  expect(await detail(id, other)).toBeNull();
  expect(await list(other)).toEqual([]);
  expect(await save({ id, name: '李四' }, other)).toEqual(UNKNOWN);
  for (const action of ['delete', 'setdefault']) {
    expect(await call(action, { id: NOWHERE }, other)).toEqual(UNKNOWN);
    expect(await call(action, { id }, other)).toEqual(UNKNOWN);
  }
  expect(await detail(id)).toEqual(before);
  expect(await list(other)).toEqual([]);
});

it.each([
  ['save', VALID],
  ['delete', {}],
  ['setdefault', {}],
])('%s does nothing for an account that ends meanwhile', async (action, body) => {
  const id = await saved();
  const before = await test.db.query('SELECT * FROM sxo_user_address WHERE user_id = $1', [
    user.id,
  ]);
  const banning = await test.db.connect();
  await banning.query('BEGIN');
  await banning.query('UPDATE sxo_user SET status = 2 WHERE id = $1', [user.id]);
  const pending = call(action, { ...body, id });
  await untilOneWaits(test);
  await banning.query('COMMIT');
  banning.release();
  expect(await pending).toMatchObject({ code: -400, data: [] });
  const after = await test.db.query('SELECT * FROM sxo_user_address WHERE user_id = $1', [user.id]);
  expect(after.rows).toEqual(before.rows);
});

it('speaks the four languages', async () => {
  const said = async (lang: string, body: object) => (await save({ lang, ...body })).msg as string;
  const languages = ['zh', 'cht', 'en', 'spa'];
  expect(await Promise.all(languages.map((lang) => said(lang, {})))).toEqual([
    '操作成功',
    '操作成功',
    'Done',
    'Hecho',
  ]);
  expect(await Promise.all(languages.map((lang) => said(lang, { id: NOWHERE })))).toEqual([
    '地址不存在',
    '地址不存在',
    'No such address',
    'No existe esa dirección',
  ]);
  expect(await Promise.all(languages.map((lang) => said(lang, { city: '1' })))).toEqual([
    '市（city）有误，请重新选择',
    '市（city）有誤，請重新選擇',
    'City (city) is not one to choose here',
    'Ciudad (city) no se puede elegir aquí',
  ]);
});

describe('an identity-card number', () => {
  it('stands nowhere in the database', async () => {
    const id = await saved({ idcard_number: NUMBER });
    await save({ id, idcard_number: NUMBER.toLowerCase() });
    const dump = await dumpTables(test.db);
    expect(dump).toContain('sxo_user_address');
    expect(dump.toLowerCase()).not.toContain(NUMBER.slice(0, 17));
    expect(dump).not.toContain(Buffer.from(NUMBER).toString('hex').slice(0, 34));
    expect(dump).toMatch(/v1\.[0-9a-f]{8}\./);
  });

  it('is counted by its key with what docs/operations.md gives', async () => {
    const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const count = /^SELECT split_part[^;]*;/m.exec(page)![0];
    await test.db.query('DELETE FROM sxo_user_address');
    for (const number of [NUMBER, NUMBER, '']) await saved({ idcard_number: number });
    const key = createHash('sha256')
      .update(Buffer.from('0f'.repeat(32), 'hex'))
      .digest('hex');
    expect((await test.db.query(count)).rows).toEqual([{ key: key.slice(0, 8), count: '2' }]);
  });

  it("opens nothing from another user's row", async () => {
    await saved({ idcard_number: NUMBER });
    const thief = await createUser(test.db);
    await save({}, thief);
    await test.db.query(
      `UPDATE sxo_user_address SET idcard_number =
         (SELECT idcard_number FROM sxo_user_address WHERE user_id = $1) WHERE user_id = $2`,
      [user.id, thief.id],
    );
    expect(await call('index', {}, thief)).toMatchObject({ code: -500, data: [] });
  });

  describe('without a key', () => {
    let keyless: TestApp;

    beforeAll(async () => {
      keyless = await startTestApp({ DATABASE_URL: test.databaseUrl, USER_ADDRESS_LIMIT: '1' });
    });

    afterAll(() => keyless.close());

    const saveThere = (changes: object) =>
      call('save', { ...VALID, ...changes }, user, keyless.url);

    it('is refused, and nothing else is', async () => {
      expect(await saveThere({ idcard_number: '1' })).toEqual({
        msg: '本店不收集身份证号码（idcard_number）',
        code: -1,
        data: [],
      });
      expect(await list()).toEqual([]);
      expect(await saveThere({ idcard_number: '' })).toEqual(DONE);
      expect(await saveThere({})).toEqual({ msg: '最多可有 1 个地址', code: -100, data: [] });
    });

    it('is not shown as if there were none', async () => {
      const id = await saved({ idcard_number: NUMBER });
      for (const action of ['index', 'detail']) {
        expect(await call(action, { id }, user, keyless.url)).toMatchObject({
          code: -500,
          data: [],
        });
      }
    });
  });
});

describe('a picture', () => {
  const cleanUp = () => test.app.get(AvatarCleanUpService).cleanUp();
  const isServed = async (url: string) => (await test.http.get(pathOf(url))).status === 200;

  it.each(['idcard_front', 'idcard_back'])('as %s must be the own', async (field) => {
    const [own, others] = [await picture(), await picture(await createUser(test.db))];
    const refused = { msg: expect.stringContaining(`（${field}）`), code: -1, data: [] };
    const standard = `${PUBLIC_URL}/static/index/default/images/default-user-avatar.jpg`;
    for (const url of [others, standard, own.replace(/\w{8}\.jpg/, '00000000.jpg')]) {
      expect(await save({ [field]: url })).toEqual(refused);
    }
    expect(await list()).toEqual([]);
    expect(await save({ [field]: own })).toEqual(DONE);
  });

  it('goes with the addresses of an account that is closed, and no other account’s', async () => {
    const stranger = await createUser(test.db);
    expect(await save({}, stranger)).toEqual(DONE);
    const url = await picture();
    expect(await save({ idcard_front: url })).toEqual(DONE);
    expect(await save()).toEqual(DONE);
    await agePictures(test, user, 25 * 60);
    expect((await test.http.post('/safety/logout').send({ token: user.token })).body.code).toBe(0);
    await test.app.get(OutboxWorker).settled();
    const { rows } = await test.db.query('SELECT FROM sxo_user_address WHERE user_id = $1', [
      user.id,
    ]);
    expect(rows).toEqual([]);
    expect(await list(stranger)).toHaveLength(1);
    await cleanUp();
    expect(await isServed(url)).toBe(false);
  });

  it('stays while an address uses it, and no longer', async () => {
    const [front, back, unused] = [await picture(), await picture(), await picture()];
    const id = await saved({ idcard_front: front, idcard_back: back });
    await agePictures(test, user, 25 * 60);
    await cleanUp();
    const shown = await detail(id);
    const links = [shown!.idcard_front, shown!.idcard_back];
    expect(await Promise.all([...links, unused].map(isServed))).toEqual([true, true, false]);
    expect(await save({ id, idcard_back: back })).toEqual(DONE);
    expect(await Promise.all(links.map(isServed))).toEqual([false, true]);
    expect((await save({ idcard_front: front })).msg).toContain('（idcard_front）');
    await call('delete', { id });
    expect(await Promise.all(links.map(isServed))).toEqual([false, false]);
  });

  it('is never removed while it comes into use', async () => {
    for (let round = 0; round < 10; round += 1) {
      user = await createUser(test.db);
      const url = await picture();
      await agePictures(test, user, 25 * 60);
      const [{ code }] = await Promise.all([save({ idcard_back: url }), cleanUp()]);
      const [address] = await list();
      expect(address !== undefined && (await isServed(address.idcard_back))).toBe(code === 0);
    }
  });
});
