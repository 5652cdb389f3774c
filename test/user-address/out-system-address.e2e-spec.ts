import { createUser, type TestUser } from '../support/accounts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Body, UniAppClient } from '../support/uniapp-client.js';
import { bearer, json, send } from '../support/wire.js';

interface Address {
  readonly id: string;
  readonly province: string;
  readonly city: string;
  readonly county: string;
  readonly address: string;
  readonly province_name: string;
  readonly city_name: string;
  readonly county_name: string;
}

/** As the client makes it of what a platform's address book answers. */
const VALID = {
  name: '张三',
  tel: '020-81167888',
  province: '上海市',
  city: '上海市',
  county: '闵行区',
  address: '莘庄镇莘建路201号',
};

let test: TestApp;
let user: TestUser;
let client: UniAppClient;

beforeAll(async () => {
  test = await startTestApp();
});

beforeEach(async () => {
  user = await createUser(test.db);
  client = new UniAppClient(test.url);
  client.user = user;
});

afterAll(() => test.close());

const add = (changes: object = {}): Promise<Body<Address>> =>
  client.request<Address>('outsystemadd', 'useraddress', { ...VALID, ...changes });

const list = async (): Promise<readonly Address[]> =>
  (await client.request<{ data: Address[] }>('index', 'useraddress')).data.data;

it('is closed without a token', async () => {
  client.user = undefined;
  expect(await add()).toMatchObject({ code: -400, data: [] });
});

it('adds an address, and answers it as useraddress/detail shows it', async () => {
  const added = await add();
  expect(added).toMatchObject({
    msg: '操作成功',
    code: 0,
    data: {
      name: '张三',
      tel: '020-81167888',
      address: '莘庄镇莘建路201号',
      alias: '',
      is_default: '0',
      lng: '0.0000000000',
      province_name: '上海市',
      city_name: '上海市',
      county_name: '闵行区',
    },
  });
  const { data } = await client.request<{ data: Address }>('detail', 'useraddress', {
    id: added.data.id,
  });
  expect(added.data).toEqual(data.data);
  // What was added can be saved again from the form, as any other.
  const form = { ...VALID, ...data.data, name: '李四' };
  expect(await client.request('save', 'useraddress', form)).toMatchObject({ code: 0 });
});

const PLACES: [given: [string, string, string], found: [string, string, string]][] = [
  [
    ['浙江省', '杭州市', '西湖区'],
    ['浙江省', '杭州市', '西湖区'],
  ],
  [
    ['浙江', '杭州', '西湖'],
    ['浙江省', '杭州市', '西湖区'],
  ],
  [
    ['北京', '北京', '朝阳区'],
    ['北京市', '北京市', '朝阳区'],
  ],
  [
    ['北京市', '市辖区', '东城区'],
    ['北京市', '北京市', '东城区'],
  ],
  [
    ['上海市', '上海市', '浦东'],
    ['上海市', '上海市', '浦东新区'],
  ],
  [
    ['重庆市', '重庆市', '万州区'],
    ['重庆市', '重庆市', '万州区'],
  ],
  [
    ['重庆市', '重庆市', '城口县'],
    ['重庆市', '县', '城口县'],
  ],
  [
    ['重庆市', '县', '城口县'],
    ['重庆市', '县', '城口县'],
  ],
  [
    ['广西', '南宁市', '青秀区'],
    ['广西壮族自治区', '南宁市', '青秀区'],
  ],
  [
    ['内蒙古自治区', '呼伦贝尔', '海拉尔'],
    ['内蒙古自治区', '呼伦贝尔市', '海拉尔区'],
  ],
  [
    ['湖北省', '恩施', '恩施市'],
    ['湖北省', '恩施土家族苗族自治州', '恩施市'],
  ],
  [
    ['新疆', '和田', '和田县'],
    ['新疆维吾尔自治区', '和田地区', '和田县'],
  ],
  [
    ['广东省', '东莞市', '东莞市'],
    ['广东省', '东莞市', '东莞市'],
  ],
  [
    ['广东省', '广东省', '东莞市'],
    ['广东省', '东莞市', '东莞市'],
  ],
  [
    ['海南省', '省直辖县级行政区划', '五指山市'],
    ['海南省', '省直辖县级行政区划', '五指山市'],
  ],
  [
    ['海南省', '省直辖县级行政单位', '五指山'],
    ['海南省', '省直辖县级行政区划', '五指山市'],
  ],
  [
    ['海南省', '五指山市', ''],
    ['海南省', '省直辖县级行政区划', '五指山市'],
  ],
  [
    ['香港', '九龙', '油尖旺区'],
    ['香港特别行政区', '九龙', '油尖旺区'],
  ],
  // Unknown, and those that might be either of two.
  [
    ['浙江省', '杭州市', '无此区'],
    ['浙江省', '杭州市', ''],
  ],
  [
    ['浙江省', '杭州市', ''],
    ['浙江省', '杭州市', ''],
  ],
  [
    ['浙江省', '杭州市', '黄浦区'],
    ['浙江省', '杭州市', ''],
  ],
  [
    ['天津市', '天津市', '东区'],
    ['天津市', '天津市', ''],
  ],
  [
    ['新疆', '和田', '和田'],
    ['新疆维吾尔自治区', '和田地区', ''],
  ],
];

it.each(PLACES)('finds %j', async ([province, city, county], names) => {
  const { code, data } = await add({ province, city, county });
  expect(code).toBe(0);
  expect([data.province_name, data.city_name, data.county_name]).toEqual(names);
  expect(data.county === '0').toBe(names[2] === '');
});

it.each([
  [{ province: '无此省' }, '省匹配失败（province）'],
  [{ province: '闵行区' }, '省匹配失败（province）'],
  [{ province: '省' }, '省匹配失败（province）'],
  [{ city: '无此市', county: '无此区' }, '市匹配失败（city）'],
  [{ province: '浙江省', city: '上海市', county: '' }, '市匹配失败（city）'],
  [{ province: '台湾省', city: '新竹', county: '' }, '市匹配失败（city）'],
])('says which is not found: %j', async (place, msg) => {
  expect(await add(place)).toEqual({ msg, code: -1, data: [] });
  expect(await list()).toEqual([]);
});

it('says so in the language of the request', async () => {
  const said = async (lang: string, body: object) =>
    (
      await send(
        test.url,
        json('/useraddress/outsystemadd', { ...VALID, lang, ...body }, bearer(user.token)),
      )
    ).body.msg as string;
  expect(await said('en', { province: 'x' })).toBe('The province (province) is not known here');
  expect(await said('cht', { city: 'x', county: '' })).toBe('市匹配失敗（city）');
  expect(await said('spa', { city: 'x', county: '' })).toBe('No conocemos esa ciudad (city)');
});

it('puts a town in front of the address', async () => {
  const { data } = await add({ town: '莘庄镇', address: '莘建路201号' });
  expect(data.address).toBe('莘庄镇莘建路201号');
});

it('takes as much text as an address has, the town included', async () => {
  const { data } = await add({ town: '镇'.repeat(20), address: '😀'.repeat(60) });
  expect(data.address).toBe('镇'.repeat(20) + '😀'.repeat(60));
  expect(await add({ town: '镇'.repeat(20), address: '😀'.repeat(61) })).toEqual({
    msg: '详细地址（address）长度须为 1 至 80 个字符',
    code: -1,
    data: [],
  });
  expect(await list()).toHaveLength(1);
});

const BAD: Record<string, unknown[]> = {
  name: [undefined, '', ' ', '😀'.repeat(31), null, 1],
  tel: [undefined, '', '1'.repeat(16), '+-', 13800138000, null],
  address: [undefined, '', '😀'.repeat(81), 'a\u202eb', null, ['x']],
  province: [undefined, '', ' ', '省'.repeat(61), 1, null, ['上海市'], {}],
  city: [undefined, '', '市'.repeat(61), 1, null],
  county: ['区'.repeat(61), 'a\u0000b', 1, null],
  town: ['镇'.repeat(61), 1, null, {}],
};

it.each(
  Object.entries(BAD).flatMap(([name, values]) => values.map((value) => [name, value] as const)),
)('refuses a wrong %s by its name: %j', async (name, value) => {
  expect(await add({ [name]: value })).toEqual({
    msg: expect.stringContaining(`（${name}）`),
    code: -1,
    data: [],
  });
  expect(await list()).toEqual([]);
});

it('does not add an identical address again, and answers the one that is there', async () => {
  const first = await add();
  expect(await add()).toEqual(first);
  expect(await add({ province: '上海', county: '闵行' })).toEqual(first);
  expect(await list()).toHaveLength(1);
  for (const other of [{ name: '李四' }, { tel: '1' }, { address: '别处' }, { county: '黄浦区' }]) {
    expect((await add(other)).code).toBe(0);
  }
  expect(await list()).toHaveLength(5);
});

it("does not take another user's for its own", async () => {
  const first = await add();
  user = await createUser(test.db);
  client.user = user;
  expect((await add()).data.id).not.toBe(first.data.id);
  expect(await list()).toHaveLength(1);
});

it('adds one of ten that come at once', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => add()));
  expect(new Set(answers.map(({ code, data }) => `${code} ${data.id}`)).size).toBe(1);
  expect(await list()).toHaveLength(1);
});

it('keeps to the number of addresses, and still answers one that is there', async () => {
  const first = await add();
  const others = Array.from({ length: 22 }, (_, n) => add({ address: `${n}号` }));
  const codes = (await Promise.all(others)).map(({ code }) => code);
  expect(codes.filter((code) => code === 0)).toHaveLength(19);
  expect(await add({ address: '再一个' })).toEqual({
    msg: '最多可有 20 个地址',
    code: -100,
    data: [],
  });
  expect(await add()).toEqual(first);
  expect(await list()).toHaveLength(20);
});

it('is recorded once in the audit trail', async () => {
  const { data } = await add();
  await add();
  const { rows } = await test.db.query(
    'SELECT action, changes FROM sxo_user_audit WHERE user_id = $1',
    [user.id],
  );
  expect(rows).toEqual([
    { action: 'address.added', changes: { addresses: { old: [], new: [data.id] } } },
  ]);
});

it('is POST only', async () => {
  const answer = await send(test.url, {
    path: '/useraddress/outsystemadd',
    headers: bearer(user.token),
  });
  expect(answer).toMatchObject({ status: 405, body: { code: -1000 } });
});
