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
