import { Injectable } from '@nestjs/common';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { findPlace, type PlaceIds, type PlaceNames } from './region-names.js';
import { regionFailures } from './region.messages.js';
import { RegionRepository, type StoredRegion } from './region.repository.js';
import {
  type CodeDataView,
  type RegionTree,
  type RegionView,
  toCodeDataView,
  toRegionTree,
  toRegionView,
} from './region.view.js';

/** The `pid` of a province. */
const NO_PARENT = '0';

/** What the answers are made from: computed once, for regions change by a load only. */
interface Regions {
  readonly byId: ReadonlyMap<string, StoredRegion>;
  /** The enabled ones. */
  readonly byCode: ReadonlyMap<string, StoredRegion>;
  readonly children: ReadonlyMap<string, readonly RegionView[]>;
  readonly tree: readonly RegionTree[];
}

/** The regions, kept in memory from the first request for them on. */
@Injectable()
export class RegionService {
  private regions?: Promise<Regions>;

  constructor(private readonly repository: RegionRepository) {}

  /**
   * The parts of a region in the official order.
   *
   * @param pid 0 for the provinces
   * @returns nothing for a region that is unknown, disabled or has no parts
   */
  async children(pid: string): Promise<readonly RegionView[]> {
    return (await this.all()).children.get(pid) ?? [];
  }

  /** The provinces with their cities with their counties. */
  async tree(): Promise<readonly RegionTree[]> {
    return (await this.all()).tree;
  }

  /**
   * The region of a code, with those that it is a part of.
   *
   * @param code of GB/T 2260, with or without the zeros at its end; 441900 is 东莞市's county, which the
   *   data gives the city's code
   * @throws ProtocolException no enabled region has it
   */
  async codeData(code: string): Promise<CodeDataView> {
    const { byId, byCode } = await this.all();
    const region = byCode.get(code) ?? byCode.get(withoutZeros(code));
    if (!region) throw new ProtocolException(regionFailures.unknownCode);
    const pathTo = (one: StoredRegion): StoredRegion[] => {
      const parent = byId.get(one.pid);
      return parent ? [...pathTo(parent), one] : [one];
    };
    return toCodeDataView(pathTo(region));
  }

  /**
   * The regions that names from an address book outside of the shop mean.
   *
   * @returns what was not found, where it is the province or the city
   */
  async findPlace(names: PlaceNames): Promise<PlaceIds | 'province' | 'city'> {
    return findPlace((await this.all()).tree, names);
  }

  /** A region by its id, the disabled ones too: what was saved with one goes on to have a name. */
  async find(id: string): Promise<StoredRegion | undefined> {
    return (await this.all()).byId.get(id);
  }

  /**
   * Whether a region may be chosen below another one: it is enabled and its direct part.
   *
   * @param pid 0 asks for a province
   */
  async isChildOf(id: string, pid: string): Promise<boolean> {
    return (await this.children(pid)).some((region) => region.id === id);
  }

  private all(): Promise<Regions> {
    this.regions ??= this.read();
    return this.regions;
  }

  /** A read that failed is not remembered. */
  private async read(): Promise<Regions> {
    try {
      return arrange(await this.repository.list());
    } catch (error) {
      this.regions = undefined;
      throw error;
    }
  }
}

/** 3101 for 310100, and 31 for 310000. */
const withoutZeros = (code: string): string => code.replace(/^(\d\d)0000$|^(\d{4})00$/, '$1$2');

/** @param regions siblings in their order */
function arrange(regions: readonly StoredRegion[]): Regions {
  const enabled = regions.filter((one) => one.is_enable);
  const byParent = new Map<string, StoredRegion[]>();
  for (const region of enabled) {
    const siblings = byParent.get(region.pid);
    if (siblings) siblings.push(region);
    else byParent.set(region.pid, [region]);
  }
  const children = new Map<string, readonly RegionView[]>();
  const treeBelow = (pid: string): RegionTree[] => {
    const parts = byParent.get(pid) ?? [];
    children.set(pid, parts.map(toRegionView));
    return parts.map((region) => toRegionTree(region, treeBelow(region.id)));
  };
  return {
    byId: new Map(regions.map((region) => [region.id, region])),
    byCode: new Map(enabled.map((region) => [region.code, region])),
    tree: treeBelow(NO_PARENT),
    children,
  };
}
