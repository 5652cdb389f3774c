import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type Division, REGION_SOURCE, type RegionSource } from './region-source.js';
import { type GivenRegion, RegionRepository } from './region.repository.js';

/** How long to leave another instance to its load before looking again. */
const PATIENCE_MS = 100;

/** Keeps the regions those of the source. */
@Injectable()
export class RegionLoaderService {
  constructor(
    private readonly regions: RegionRepository,
    @Inject(REGION_SOURCE) private readonly source: RegionSource,
  ) {}

  /**
   * One statement where the regions are current. Of several instances that find them out of date,
   * one loads and the others look again: waiting in the database would run into its time limit.
   *
   * @returns whether this one has loaded them
   */
  async keepCurrent(): Promise<boolean> {
    while (!(await this.isCurrent())) {
      if (await this.regions.loadAlone(() => this.load())) return true;
      await sleep(PATIENCE_MS);
    }
    return false;
  }

  private async isCurrent(): Promise<boolean> {
    return (await this.regions.findFingerprint()) === this.source.fingerprint;
  }

  private async load(): Promise<void> {
    // Another instance may have been done between the look and the lock.
    if (await this.isCurrent()) return;
    await this.regions.replace(levelsOf(await this.source.read()), this.source.fingerprint);
  }
}

/** The divisions of each level, parents before their parts. */
function levelsOf(provinces: readonly Division[]): GivenRegion[][] {
  const levels: GivenRegion[][] = [];
  let parents: { code: string | null; children: readonly Division[] }[] = [
    { code: null, children: provinces },
  ];
  while (parents.length > 0) {
    levels.push(
      parents.flatMap(({ code: parentCode, children }) =>
        children.map(({ code, name }, sort) => ({ code, parentCode, name, sort })),
      ),
    );
    parents = parents
      .flatMap((parent) => parent.children)
      .flatMap(({ code, children = [] }) => (children.length > 0 ? [{ code, children }] : []));
  }
  return levels;
}
