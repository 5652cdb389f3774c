import type { StoredRegion } from './region.repository.js';

/** A region as ShopXO shows it; every value a string. */
export interface RegionView {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly letters: string;
}

/** A region with its parts, which the last level has none of. */
export interface RegionTree extends RegionView {
  readonly items?: readonly RegionTree[];
}

const LAST_LEVEL = 3;

export const toRegionView = ({ id, name, level, letters }: StoredRegion): RegionView => ({
  id,
  name,
  level: String(level),
  letters,
});

/** ShopXO's tree: `items` on the first and second level, on the last not even an empty one. */
export const toRegionTree = (region: StoredRegion, items: readonly RegionTree[]): RegionTree => ({
  ...toRegionView(region),
  ...(region.level < LAST_LEVEL && { items }),
});

/** One level of region/codedata's `data`; 0 and empty, as ShopXO has it, below the code's own level. */
export interface CodeDataRegion {
  readonly id: string | 0;
  readonly name: string;
}

/** region/codedata's `data`. */
export type CodeDataView = Readonly<Record<'province' | 'city' | 'county', CodeDataRegion>>;

/** @param path a province, a city in it, a county in that; the first of these alone will do */
export const toCodeDataView = (path: readonly StoredRegion[]): CodeDataView => {
  const shown = (region?: StoredRegion): CodeDataRegion =>
    region ? { id: region.id, name: region.name } : { id: 0, name: '' };
  const [province, city, county] = path;
  return { province: shown(province), city: shown(city), county: shown(county) };
};
