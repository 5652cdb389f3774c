import { jest } from '@jest/globals';
import { Test } from '@nestjs/testing';
import pg from 'pg';
import { AppModule } from '../../src/app.module.js';
import { DatabaseSettings } from '../../src/config/database.settings.js';
import { loadSettings, pickSettings } from '../../src/config/settings.js';
import { AppDataSource } from '../../src/database/app-data-source.js';
import { Database } from '../../src/database/database.js';
import { ChinaDivisionSource } from '../../src/modules/region/china-division.source.js';
import { RegionLoaderService } from '../../src/modules/region/region-loader.service.js';
import {
  type Division,
  REGION_SOURCE,
  type RegionSource,
} from '../../src/modules/region/region-source.js';
import { RegionRepository } from '../../src/modules/region/region.repository.js';
import { RegionService } from '../../src/modules/region/region.service.js';
import { schema } from '../../src/schema.js';
import { Tracing } from '../../src/tracing/tracing.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { emptyDatabase } from '../support/test-database.js';

interface Node {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly letters: string;
  readonly items?: Node[];
}

/** A shared machine may stall, and the limits are another test's. */
const PATIENT = {
  DATABASE_CONNECT_TIMEOUT_MS: '10000',
  DATABASE_STATEMENT_TIMEOUT_MS: '10000',
};

const BEIJING = { id: '1', name: '北京市', level: '1', letters: '' };

describe('over HTTP', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });

  afterAll(async () => {
    await test.close();
  });

  const childrenOf = async (pid: string): Promise<Node[]> => {
    const { body } = await test.http.get(`/region/index?pid=${pid}`);
    return body.data;
  };

  it.each([
    '/region/index',
    '/api.php?s=region/index&application=app&application_client_type=h5&token=&ajax=ajax',
    '/api.php/Region/Index.html',
  ])('answers the provinces to GET and POST: %s', async (url) => {
    const answers = [
      await test.http.get(url),
      await test.http.post(url).send({}),
      await test.http.post(url).type('form').send({ pid: '' }),
    ];
    for (const { status, body, text } of answers) {
      expect(status).toBe(200);
      expect(Object.keys(body)).toEqual(['msg', 'code', 'data']);
      expect(text).toMatch(
        /^\{"msg":"success","code":0,"data":\[\{"id":"1","name":"北京市","level":"1","letters":""\},\{"id":"2","name":"天津市","level":"1","letters":""\},/,
      );
      expect(body.data).toHaveLength(34);
    }
  });

  it('answers the parts of a region in the official order', async () => {
    const cities = await childrenOf('1');
    expect(cities).toEqual([{ id: expect.any(String), name: '北京市', level: '2', letters: '' }]);
    const districts = await childrenOf(cities[0]!.id);
    expect(districts.slice(0, 3).map((one) => one.name)).toEqual(['东城区', '西城区', '朝阳区']);
    expect(new Set(districts.map((one) => one.level))).toEqual(new Set(['3']));
    expect(await childrenOf(districts[0]!.id)).toEqual([]);
  });

  it.each([
    ['the body wins', '/region/index?pid=2', { pid: 1 }],
    ['a number is taken as its text', '/region/index', { pid: 1 }],
    ['a string', '/region/index', { pid: '1' }],
    ['the query string of a POST', '/region/index?pid=1', {}],
  ])('takes pid from anywhere: %s', async (_, url, body) => {
    const answer = await test.http.post(url).send(body);
    expect(answer.body.data[0]).toMatchObject({ name: '北京市', level: '2' });
  });

  it.each(['999999', '9223372036854775807'])('knows nothing below %s', async (pid) => {
    const { body } = await test.http.get(`/region/index?pid=${pid}`);
    expect(body).toEqual({ msg: 'success', code: 0, data: [] });
  });

  it.each([
    '-1',
    '+1',
    '1.0',
    '01',
    '1e3',
    '0x1',
    ' 1',
    '1 ',
    '１',
    'abc',
    "1' OR 1=1 --",
    '1\u0000',
    '9223372036854775808',
    '1'.repeat(500),
    'constructor',
    '__proto__',
    -1,
    -0.5,
    1.5,
    1e300,
    2 ** 53,
    true,
    null,
    [],
    ['1'],
    { id: '1' },
  ])('refuses a pid of %j by its name', async (pid) => {
    const { status, body } = await test.http.post('/region/index').send({ pid });
    expect(status).toBe(200);
    expect(body).toEqual({ msg: '地区编号（pid）须为 0–9223372036854775807', code: -1, data: [] });
  });

  it('refuses -0, which is no id', async () => {
    const { body } = await test.http
      .post('/region/index')
      .type('application/json')
      .send('{"pid":-0}');
    expect(body.code).toBe(-1);
  });

  it.each(['/region/index?pid=1&pid=2', '/region/index?pid[]=1', '/region/index?pid[a]=1'])(
    'refuses a pid that is no single value: %s',
    async (url) => {
      const { body } = await test.http.get(url);
      expect(body).toMatchObject({ code: -1, msg: expect.stringContaining('（pid）'), data: [] });
    },
  );

  it.each([
    ['en', 'Region (pid) must be 0–9223372036854775807'],
    ['cht', '地區編號（pid）須為 0–9223372036854775807'],
    ['spa', 'Región (pid) debe ser 0–9223372036854775807'],
  ])('says so in the language of the request: %s', async (lang, msg) => {
    const { body } = await test.http.get(`/region/index?pid=x&lang=${lang}`);
    expect(body).toEqual({ msg, code: -1, data: [] });
  });

  it('is open to a bad token too', async () => {
    const { body } = await test.http.get(`/region/index?token=${'0'.repeat(32)}`);
    expect(body.code).toBe(0);
  });

  it('serves no other method', async () => {
    const answer = await test.http.delete('/region/index');
    expect(answer.status).toBe(405);
    expect(answer.body).toMatchObject({ code: -1000, data: [] });
  });

  it.each(['get', 'post'] as const)('answers the whole tree by %s', async (method) => {
    const { body } = await test.http[method]('/api.php?s=region/all');
    expect(body).toMatchObject({ msg: 'success', code: 0 });
    const provinces = body.data as Node[];
    expect(provinces).toHaveLength(34);
    expect(Object.keys(provinces[0]!)).toEqual(['id', 'name', 'level', 'letters', 'items']);
    expect(provinces[0]).toMatchObject(BEIJING);
    const city = provinces[2]!.items![0]!;
    expect(city).toMatchObject({ name: '石家庄市', level: '2' });
    expect(Object.keys(city)).toEqual(['id', 'name', 'level', 'letters', 'items']);
    expect(Object.keys(city.items![0]!)).toEqual(['id', 'name', 'level', 'letters']);
  });

  it('has the same regions in the tree and in the lists', async () => {
    const { body } = await test.http.get('/region/all');
    const province = (body.data as Node[]).find((one) => one.name === '澳门特别行政区')!;
    const withoutItems = ({ id, name, level, letters }: Node) => ({ id, name, level, letters });
    expect(await childrenOf(province.id)).toEqual(province.items!.map(withoutItems));
    for (const city of province.items!) expect(await childrenOf(city.id)).toEqual(city.items);
  });

  it('offers other modules to find a region and to check a choice', async () => {
    const regions = test.app.get(RegionService);
    const [city] = await childrenOf('1');
    const [dongcheng] = await childrenOf(city!.id);
    expect(await regions.find('1')).toMatchObject({ id: '1', pid: '0', name: '北京市', level: 1 });
    expect(await regions.find('0')).toBeUndefined();
    expect(await regions.find('999999')).toBeUndefined();
    expect(await regions.isChildOf('1', '0')).toBe(true);
    expect(await regions.isChildOf(city!.id, '1')).toBe(true);
    expect(await regions.isChildOf(dongcheng!.id, city!.id)).toBe(true);
    expect(await regions.isChildOf(dongcheng!.id, '1')).toBe(false);
    expect(await regions.isChildOf(city!.id, '2')).toBe(false);
    expect(await regions.isChildOf('1', city!.id)).toBe(false);
    expect(await regions.isChildOf('0', '0')).toBe(false);
  });
});

describe('loading', () => {
  let url: string;
  let db: pg.Pool;
  const open: AppDataSource[] = [];

  const connect = async (): Promise<{
    dataSource: AppDataSource;
    repository: RegionRepository;
  }> => {
    const settings = pickSettings(
      loadSettings({
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        DATABASE_URL: url,
        ...PATIENT,
      }),
      DatabaseSettings,
    );
    const dataSource = new AppDataSource(settings, schema);
    await dataSource.initialize();
    open.push(dataSource);
    return {
      dataSource,
      repository: new RegionRepository(new Database(dataSource, new Tracing(), settings)),
    };
  };

  const sourceOf = (fingerprint: string, divisions: readonly Division[]) =>
    ({
      fingerprint,
      read: jest.fn(() => Promise.resolve(divisions)),
    }) satisfies RegionSource;

  const load = async (source: RegionSource): Promise<void> => {
    const { repository } = await connect();
    await new RegionLoaderService(repository, source).keepCurrent();
  };

  const rows = async (): Promise<Record<string, unknown>[]> => {
    const { rows: all } = await db.query<Record<string, unknown>>(
      'SELECT id::int, pid::int, code, name, level, sort, is_enable FROM sxo_region ORDER BY id',
    );
    return all;
  };

  const division = (code: string, name: string, ...children: Division[]): Division => ({
    code,
    name,
    children,
  });

  const FIRST = [
    division('A', '甲省', division('A1', '甲一市', division('A11', '甲一一县'))),
    division('B', '乙省', division('B1', '乙一市'), division('B2', '乙二市')),
  ];

  beforeEach(async () => {
    url = await emptyDatabase('loading');
    db = new pg.Pool({ connectionString: url, max: 2 });
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((dataSource) => dataSource.destroy()));
    await db.end();
  });

  it('numbers provinces first, then cities, then counties', async () => {
    await load(sourceOf('1', FIRST));
    expect(await rows()).toEqual([
      { id: 1, pid: 0, code: 'A', name: '甲省', level: 1, sort: 0, is_enable: true },
      { id: 2, pid: 0, code: 'B', name: '乙省', level: 1, sort: 1, is_enable: true },
      { id: 3, pid: 1, code: 'A1', name: '甲一市', level: 2, sort: 0, is_enable: true },
      { id: 4, pid: 2, code: 'B1', name: '乙一市', level: 2, sort: 0, is_enable: true },
      { id: 5, pid: 2, code: 'B2', name: '乙二市', level: 2, sort: 1, is_enable: true },
      { id: 6, pid: 3, code: 'A11', name: '甲一一县', level: 3, sort: 0, is_enable: true },
    ]);
  });

  it('is done once by ten instances that start on an empty database at once', async () => {
    const sources = Array.from({ length: 10 }, () => {
      const source = new ChinaDivisionSource();
      return Object.assign(source, { read: jest.fn(source.read.bind(source)) });
    });
    await Promise.all(sources.map(load));
    expect(sources.filter((source) => source.read.mock.calls.length > 0)).toHaveLength(1);
    const all = await rows();
    const ids = all.map((row) => row.id);
    expect(ids).toEqual(Array.from({ length: all.length }, (_, index) => index + 1));
    expect(all[0]).toMatchObject({ code: '11', name: '北京市', level: 1 });
    expect(all.length).toBeGreaterThan(3_000);
    const { rows: data } = await db.query('SELECT fingerprint FROM sxo_region_data');
    expect(data).toEqual([{ fingerprint: new ChinaDivisionSource().fingerprint }]);
  });

  it('leaves one whole load where instances with different data start at once', async () => {
    const many = (prefix: string) =>
      Array.from({ length: 50 }, (_, index) => division(`${prefix}${index}`, `${prefix}${index}`));
    await Promise.all(
      Array.from({ length: 6 }, (_, index) => load(sourceOf(`${index}`, many(`${index}`)))),
    );
    const { rows: data } = await db.query<{ fingerprint: string }>(
      'SELECT fingerprint FROM sxo_region_data',
    );
    const enabled = (await rows()).filter((row) => row.is_enable);
    expect(enabled).toHaveLength(50);
    expect(enabled.every((row) => String(row.code).startsWith(data[0]!.fingerprint))).toBe(true);
  });

  it('takes one statement where the regions are current', async () => {
    const source = sourceOf('1', FIRST);
    await load(source);
    const { dataSource, repository } = await connect();
    const { master } = dataSource.driver as unknown as { master: pg.Pool };
    const query = jest.spyOn(pg.Client.prototype, 'query');
    const connection = jest.spyOn(master, 'connect');
    const again = sourceOf('1', []);
    await new RegionLoaderService(repository, again).keepCurrent();
    expect(query).toHaveBeenCalledTimes(1);
    expect(connection).toHaveBeenCalledTimes(1);
    query.mockRestore();
    expect(again.read).not.toHaveBeenCalled();
  });

  it('keeps the ids of known codes when the data changes, and disables what is gone', async () => {
    await load(sourceOf('1', FIRST));
    const before = await rows();
    await load(
      sourceOf('2', [
        division('C', '丙省', division('C1', '丙一市')),
        division('B', '乙省新名', division('B2', '乙二市'), division('A1', '甲一市')),
      ]),
    );
    const after = new Map((await rows()).map((row) => [row.code, row]));
    for (const { id, code } of before) expect(after.get(code)).toMatchObject({ id });
    expect(after.get('B')).toMatchObject({ name: '乙省新名', sort: 1, is_enable: true });
    expect(after.get('A1')).toMatchObject({ pid: 2, sort: 1, is_enable: true });
    expect(after.get('B2')).toMatchObject({ pid: 2, sort: 0, is_enable: true });
    expect(after.get('C1')).toMatchObject({ pid: after.get('C')!.id, level: 2, is_enable: true });
    for (const gone of ['A', 'A11', 'B1'])
      expect(after.get(gone)).toMatchObject({ is_enable: false });
    await load(sourceOf('1', FIRST));
    const back = (await rows()).filter((row) => row.is_enable);
    expect(back).toEqual(before);
  });

  it('touches only the rows that differ', async () => {
    await load(sourceOf('1', FIRST));
    await load(
      sourceOf('2', [FIRST[0]!, division('B', '乙省', ...FIRST[1]!.children!.slice(0, 1))]),
    );
    const { rows: touched } = await db.query(
      'SELECT code FROM sxo_region WHERE upd_time IS NOT NULL',
    );
    expect(touched).toEqual([{ code: 'B2' }]);
  });

  it('changes nothing where the data is wrong, and says so', async () => {
    await load(sourceOf('1', FIRST));
    const before = await rows();
    const wrong = [division('D', '丁省'), division('E', '')];
    await expect(load(sourceOf('2', wrong))).rejects.toMatchObject({
      constraint: 'ck_region_name',
    });
    expect(await rows()).toEqual(before);
    await load(sourceOf('2', [division('D', '丁省')]));
    expect((await rows()).filter((row) => row.is_enable)).toMatchObject([{ code: 'D' }]);
  });

  it('serves what is loaded from the source that is provided, without what is gone', async () => {
    await load(sourceOf('1', FIRST));
    const settings = loadSettings({
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: url,
      ...PATIENT,
    });
    const { dataSource } = await connect();
    open.pop();
    const module = await Test.createTestingModule({
      imports: [AppModule.forRoot(settings, dataSource)],
    })
      .overrideProvider(REGION_SOURCE)
      .useValue(sourceOf('2', [division('B', '乙省', division('B2', '乙二市'))]))
      .compile();
    await module.init();
    const regions = module.get(RegionService);
    expect(await regions.tree()).toEqual([
      {
        id: '2',
        name: '乙省',
        level: '1',
        letters: '',
        items: [{ id: '5', name: '乙二市', level: '2', letters: '', items: [] }],
      },
    ]);
    // A city that is gone keeps its name for those who chose it, and cannot be chosen any more.
    expect(await regions.find('4')).toMatchObject({ name: '乙一市', is_enable: false });
    expect(await regions.isChildOf('4', '2')).toBe(false);
    expect(await regions.isChildOf('3', '1')).toBe(false);
    expect(await regions.children('1')).toEqual([]);
    await expect(regions.codeData('B1')).rejects.toThrow('region:unknownCode');
    expect(await regions.codeData('B2')).toMatchObject({ city: { id: '5' } });
    await module.close();
  });

  it('reads the table once, however many ask at once', async () => {
    await load(sourceOf('1', FIRST));
    const { repository } = await connect();
    const list = jest.spyOn(repository, 'list');
    const regions = new RegionService(repository);
    await Promise.all([
      ...Array.from({ length: 10 }, () => regions.children('0')),
      ...Array.from({ length: 10 }, () => regions.tree()),
      regions.find('1'),
    ]);
    expect(list).toHaveBeenCalledTimes(1);
  });

  it('tries to read again after a failure', async () => {
    await load(sourceOf('1', FIRST));
    const { repository } = await connect();
    const regions = new RegionService(repository);
    jest.spyOn(repository, 'list').mockRejectedValueOnce(new Error('down'));
    await expect(regions.children('0')).rejects.toThrow('down');
    expect(await regions.children('0')).toHaveLength(2);
  });
});
