import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { RegionData } from './entities/region-data.entity.js';
import { Region } from './entities/region.entity.js';

/** Any number that is this project's own: instances that start at once load one after another. */
const LOAD_LOCK = 7_410_250_920;

/** Rows in one statement: none may take longer than a request's, for they share the time limit. */
const ROWS_PER_STATEMENT = 1_000;

/** Held until the transaction ends. */
const TRY_LOCK: Statement = {
  name: 'region.try_lock',
  text: 'SELECT pg_try_advisory_xact_lock($1) AS locked',
};

/** Adds what is new and changes what differs; a code that is known keeps its id. */
const SAVE: Statement = {
  name: 'region.save',
  text: `
    INSERT INTO sxo_region AS r (pid, code, name, level, sort)
    SELECT coalesce(parent.id, 0), given.code, given.name, $1, given.sort
    FROM unnest($2::text[], $3::text[], $4::text[], $5::integer[])
      WITH ORDINALITY AS given (code, parent_code, name, sort, position)
    LEFT JOIN sxo_region parent ON parent.code = given.parent_code
    ORDER BY given.position
    ON CONFLICT ON CONSTRAINT uq_region_code
    DO UPDATE SET pid = excluded.pid, name = excluded.name, level = excluded.level,
      sort = excluded.sort, is_enable = true, upd_time = now()
    WHERE (r.pid, r.name, r.level, r.sort, r.is_enable)
      IS DISTINCT FROM (excluded.pid, excluded.name, excluded.level, excluded.sort, true)`,
};

const DISABLE_OTHERS: Statement = {
  name: 'region.disable_others',
  text: `
    UPDATE sxo_region SET is_enable = false, upd_time = now()
    WHERE is_enable AND code <> ALL ($1::text[])`,
};

/** A region as the data has it. `parentCode` is null for a province. */
export interface GivenRegion {
  readonly code: string;
  readonly parentCode: string | null;
  readonly name: string;
  readonly sort: number;
}

/** The one row that says what the regions were loaded from. */
const DATA_ID = 1;

/** A region as the table has it. */
export type StoredRegion = Pick<
  Region,
  'id' | 'pid' | 'code' | 'name' | 'level' | 'letters' | 'is_enable'
>;

/** The region tables' only reader and writer. */
@Injectable()
export class RegionRepository {
  constructor(private readonly database: Database) {}

  /** The data that the regions were loaded from; undefined before the first load. */
  async findFingerprint(): Promise<string | undefined> {
    const data = await this.database.repository(RegionData).findOneBy({ id: DATA_ID });
    return data?.fingerprint;
  }

  /**
   * Does a load as the only one on this database, all of it or nothing.
   *
   * @returns false, and nothing done, where another instance is at it
   */
  async loadAlone(load: () => Promise<void>): Promise<boolean> {
    return this.database.transaction(async () => {
      const [row] = await this.database.run<{ locked: boolean }>(TRY_LOCK, [LOAD_LOCK]);
      if (!row?.locked) return false;
      await load();
      return true;
    });
  }

  /**
   * Makes the regions those of the data: a known code keeps its id, one that is gone is disabled.
   *
   * @param levels the provinces, the cities, the counties; new ones get their ids in this order
   */
  async replace(levels: readonly (readonly GivenRegion[])[], fingerprint: string): Promise<void> {
    for (const [index, regions] of levels.entries()) {
      for (let start = 0; start < regions.length; start += ROWS_PER_STATEMENT) {
        await this.save(index + 1, regions.slice(start, start + ROWS_PER_STATEMENT));
      }
    }
    await this.database.run(DISABLE_OTHERS, [levels.flat().map((region) => region.code)]);
    await this.database
      .repository(RegionData)
      .upsert({ id: DATA_ID, fingerprint, upd_time: () => 'now()' }, ['id']);
  }

  /** Every region, the disabled ones too, in ShopXO's order. */
  async list(): Promise<StoredRegion[]> {
    return this.database.repository(Region).find({
      select: {
        id: true,
        pid: true,
        code: true,
        name: true,
        level: true,
        letters: true,
        is_enable: true,
      },
      order: { level: 'ASC', sort: 'ASC', id: 'ASC' },
    });
  }

  private async save(level: number, regions: readonly GivenRegion[]): Promise<void> {
    await this.database.run(SAVE, [
      level,
      regions.map((region) => region.code),
      regions.map((region) => region.parentCode),
      regions.map((region) => region.name),
      regions.map((region) => region.sort),
    ]);
  }
}
