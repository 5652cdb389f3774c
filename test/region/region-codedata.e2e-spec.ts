import { startTestApp, type TestApp } from '../support/test-app.js';
import { UniAppClient } from '../support/uniapp-client.js';
import { json, send } from '../support/wire.js';

interface Named {
  readonly id: string | 0;
  readonly name: string;
}

type CodeData = Readonly<Record<'province' | 'city' | 'county', Named>>;

type Level = readonly [code: string, name: string];

const NONE = { id: 0, name: '' };

let test: TestApp;
let client: UniAppClient;

beforeAll(async () => {
  test = await startTestApp();
  client = new UniAppClient(test.url);
});

afterAll(() => test.close());

const ask = async (body: object) => (await send(test.url, json('/region/codedata', body))).body;

const idOf = async (code: string): Promise<string> => {
  const { rows } = await test.db.query<{ id: string }>(
    'SELECT id FROM sxo_region WHERE code = $1',
    [code],
  );
  return rows[0]!.id;
};

it('finds what region/index leads to, as the client asks', async () => {
  const below = async (pid: string | number, name: string): Promise<Named> => {
    const { data } = await client.request<Named[]>('index', 'region', { pid });
    const { id } = data.find((region) => region.name === name)!;
    return { id, name };
  };
  const province = await below(0, '上海市');
  const city = await below(province.id, '上海市');
  const county = await below(city.id, '闵行区');
  expect(await client.request<CodeData>('codedata', 'region', { code: '310112' })).toEqual({
    msg: '获取成功',
    code: 0,
    data: { province, city, county },
  });
});

const FOUND: [code: string | number, ...levels: (Level | undefined)[]][] = [
  ['31', ['31', '上海市'], undefined, undefined],
  ['310000', ['31', '上海市'], undefined, undefined],
  ['3101', ['31', '上海市'], ['3101', '上海市'], undefined],
  ['310100', ['31', '上海市'], ['3101', '上海市'], undefined],
  ['500229', ['50', '重庆市'], ['5002', '县'], ['500229', '城口县']],
  ['469001', ['46', '海南省'], ['4690', '省直辖县级行政区划'], ['469001', '五指山市']],
  ['4419', ['44', '广东省'], ['4419', '东莞市'], undefined],
  ['441900', ['44', '广东省'], ['4419', '东莞市'], ['441900', '东莞市']],
  ['710000', ['71', '台湾省'], undefined, undefined],
  [310112, ['31', '上海市'], ['3101', '上海市'], ['310112', '闵行区']],
];

it.each(FOUND)('finds %j', async (code, ...levels) => {
  const [province, city, county] = await Promise.all(
    levels.map(async (level) => (level ? { id: await idOf(level[0]), name: level[1] } : NONE)),
  );
  expect(await ask({ code })).toEqual({
    msg: '获取成功',
    code: 0,
    data: { province, city, county },
  });
});

it.each([
  '999999',
  '3',
  '3100',
  '00',
  '0',
  '310112000000',
  '310112101',
  'abc',
  'constructor',
  'Z'.repeat(30),
])('knows no %s', async (code) => {
  expect(await ask({ code })).toEqual({ msg: '无相关地区', code: -1, data: [] });
});

it.each([
  undefined,
  '',
  ' ',
  '31 ',
  '３１',
  '31\u0000',
  '81/九龙',
  '1'.repeat(31),
  -1,
  1.5,
  true,
  null,
  ['31'],
  {},
])('refuses a code of %j by its name', async (code) => {
  expect(await ask({ code })).toEqual({
    msg: expect.stringContaining('（code）'),
    code: -1,
    data: [],
  });
});

it('answers GET, too, and in the language of the request', async () => {
  const found = await send(test.url, { path: '/api.php?s=region/codedata&code=310112&lang=en' });
  expect(found.body).toMatchObject({ code: 0, data: { county: { name: '闵行区' } } });
  const unknown = await send(test.url, { path: '/region/codedata?code=9&lang=en' });
  expect(unknown.body).toEqual({ msg: 'No region has this code', code: -1, data: [] });
});
