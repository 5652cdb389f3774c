import type { RegionTree } from './region.view.js';

/** The names of a place as an address book outside of the shop has them. */
export interface PlaceNames {
  readonly province: string;
  readonly city: string;
  /** Empty where there is none. */
  readonly county: string;
}

/** The ids of a place's regions; `county` is 0 where none is known. */
export type PlaceIds = Readonly<Record<keyof PlaceNames, string>>;

/** What a name may go without: 浙江 for 浙江省. */
const SUFFIX = /(?:特别行政区|自治区|自治州|自治县|地区|街道|[省市区县镇盟旗])$/;

/** A name without its suffix; 县, which is a whole name below 重庆市, stays. */
const stemOf = (name: string): string => name.replace(SUFFIX, '') || name;

/** The one element for which a condition holds; undefined for none, and for several. */
function only<T>(all: readonly T[], holds: (one: T) => boolean): T | undefined {
  const found = all.filter(holds);
  return found.length === 1 ? found[0] : undefined;
}

/** Characters of a name's beginning that tell one region from another. */
const SHORTEST_BEGINNING = 2;

/**
 * The region that a name means: the one of that name, else the one that differs by its suffix only (昌吉
 * and 昌吉市), else the one that begins with it (恩施 and 恩施土家族苗族自治州). None where several
 * would do, for a wrong place is worse than none.
 */
function byName<Named extends { readonly name: string }>(
  regions: readonly Named[],
  name: string,
): Named | undefined {
  if (name === '') return undefined;
  const stem = stemOf(name);
  return (
    only(regions, (region) => region.name === name) ??
    only(regions, (region) => stemOf(region.name) === stem) ??
    (stem.length < SHORTEST_BEGINNING
      ? undefined
      : only(regions, (region) => region.name.startsWith(stem)))
  );
}

/**
 * Finds the regions that names mean, each below the one before it. A city that is not found is looked for
 * by the county's name. Where that fails too, the county is looked for in the whole province, for others
 * write counties directly below it (海南省, 五指山市) or name the city otherwise (北京市, 市辖区).
 *
 * @returns what was not found, where it is the province or the city
 */
export function findPlace(
  provinces: readonly RegionTree[],
  names: PlaceNames,
): PlaceIds | 'province' | 'city' {
  const province = byName(provinces, names.province);
  if (!province) return 'province';
  const cities = province.items ?? [];
  const city = byName(cities, names.city) ?? byName(cities, names.county);
  // A city of the province's name stands for all of it: 城口县 is in 重庆市's other one.
  const within = city && city.name !== province.name ? [city] : cities;
  const counties = within.flatMap((parent) =>
    (parent.items ?? []).map(({ id, name }) => ({ id, name, parent })),
  );
  const county =
    byName(counties, names.county) ?? (city ? undefined : byName(counties, names.city));
  const parent = county?.parent ?? city;
  if (!parent) return 'city';
  return { province: province.id, city: parent.id, county: county?.id ?? '0' };
}
