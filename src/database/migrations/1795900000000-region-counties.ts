import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Longest text of an address: 80 of its own and the name of a region, at most 60, in front of it. */
const CARRIED_LENGTH = 140;
const OWN_LENGTH = 80;

/**
 * ShopXO's three levels for the stored regions, 上海市 → 上海市 → 闵行区, and for the addresses in them.
 * Before, districts of a municipality and counties directly below a province stood on the second level,
 * and their towns (codes of nine digits) on the third.
 *
 * Every region keeps its id, towns are disabled, and the fingerprint of the data stays: so an instance of
 * the release before, which knows the regions as it read them at its start, does not load the other shape
 * again. What it saves meanwhile, the trigger carries over; the release after this one may drop it.
 */
export class RegionCounties1795900000000 implements MigrationInterface {
  readonly name = 'RegionCounties1795900000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await addCities(queryRunner);
    await lowerCounties(queryRunner);
    await replaceTowns(queryRunner);
    await sortCities(queryRunner);
    await limitAddress(queryRunner, CARRIED_LENGTH);
    await carryAddresses(queryRunner);
  }

  /**
   * The next start of the release before loads the other shape. An address gets its town back where its
   * text begins with one of its county's, and no county otherwise.
   */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TRIGGER tr_user_address_carry ON sxo_user_address');
    await queryRunner.query('DROP FUNCTION sxo_carry_address');
    await queryRunner.query(`
      UPDATE sxo_user_address a
      SET city = CASE WHEN county.code = city.code || '00' THEN city.id ELSE county.id END,
        county = coalesce(town.id, 0),
        address = substr(a.address, 1 + coalesce(char_length(town.name), 0))
      FROM sxo_user_address b
      JOIN sxo_region county ON county.id = b.county
      JOIN sxo_region city ON city.id = b.city AND city.id = county.pid
      LEFT JOIN LATERAL (
        SELECT id, name FROM sxo_region
        WHERE pid IN (county.id, city.id) AND code ~ '^[0-9]{9}$' AND left(code, 6) = county.code
          AND starts_with(b.address, name) AND b.address <> name
        ORDER BY char_length(name) DESC LIMIT 1
      ) town ON true
      WHERE a.id = b.id AND (county.code = city.code || '00'
        OR city.code ~ '^((11|12|31|50)0[12]|[0-9]{2}90)$')`);
    await limitAddress(queryRunner, OWN_LENGTH);
    await queryRunner.query('DELETE FROM sxo_region_data');
  }
}

/** Adds the cities that districts and counties were lifted out of. */
async function addCities(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    INSERT INTO sxo_region (pid, code, name, level)
    SELECT province.id, city.code,
      CASE
        WHEN city.code LIKE '__01' THEN province.name
        WHEN city.code LIKE '__02' THEN '县'
        WHEN city.code LIKE '65__' THEN '自治区直辖县级行政区划'
        ELSE '省直辖县级行政区划'
      END, 2
    FROM (
      SELECT DISTINCT pid, left(code, 4) AS code FROM sxo_region
      WHERE level = 2 AND code ~ '^[0-9]{6}$'
    ) city
    JOIN sxo_region province ON province.id = city.pid
    ORDER BY city.code
    ON CONFLICT ON CONSTRAINT uq_region_code DO UPDATE SET is_enable = true, upd_time = now()`);
}

/** Puts the lifted ones below them. */
async function lowerCounties(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    UPDATE sxo_region county SET level = 3, pid = city.id, sort = lifted.sort, upd_time = now()
    FROM (
      SELECT id, left(code, 4) AS city_code, row_number() OVER (
        PARTITION BY left(code, 4) ORDER BY is_enable DESC, sort) - 1 AS sort
      FROM sxo_region WHERE level = 2 AND code ~ '^[0-9]{6}$'
    ) lifted
    JOIN sxo_region city ON city.code = lifted.city_code
    WHERE county.id = lifted.id`);
}

/** Disables the towns. A city that had nothing else, 东莞市 for one, gets one county of its own name. */
async function replaceTowns(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    INSERT INTO sxo_region (pid, code, name, level)
    SELECT DISTINCT city.id, left(town.code, 6), city.name, 3
    FROM sxo_region town
    JOIN sxo_region city ON city.id = town.pid AND city.code = left(town.code, 4)
    WHERE town.code ~ '^[0-9]{9}$'
    ON CONFLICT ON CONSTRAINT uq_region_code DO UPDATE SET is_enable = true, upd_time = now()`);
  await queryRunner.query(`
    UPDATE sxo_region SET is_enable = false, upd_time = now()
    WHERE is_enable AND code ~ '^[0-9]{9}$'`);
}

/** The official order is that of the codes. */
async function sortCities(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    UPDATE sxo_region city SET sort = placed.sort, upd_time = now()
    FROM (
      SELECT id, row_number() OVER (PARTITION BY pid ORDER BY code COLLATE "C") - 1 AS sort
      FROM sxo_region WHERE level = 2 AND is_enable AND code ~ '^[0-9]{4}$'
    ) placed
    WHERE city.id = placed.id AND city.sort <> placed.sort`);
}

async function limitAddress(queryRunner: QueryRunner, length: number): Promise<void> {
  await queryRunner.query(`
    ALTER TABLE sxo_user_address
      DROP CONSTRAINT ck_user_address_address,
      ADD CONSTRAINT ck_user_address_address CHECK (char_length(address) BETWEEN 1 AND ${length})`);
}

/**
 * Carries an address over where its city is a county now, or its county a town: both move one level up,
 * and the town goes in front of the text. Any other address stays as it is, one with unknown regions too.
 */
async function carryAddresses(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE FUNCTION sxo_carry_address() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      carried record;
    BEGIN
      SELECT city.id AS city, county.id AS county, coalesce(town.name, '') AS town INTO carried
      FROM sxo_region chosen
      LEFT JOIN sxo_region town ON town.id = NEW.county
      JOIN sxo_region county ON county.level = 3
        AND county.code = CASE chosen.level WHEN 3 THEN chosen.code ELSE left(town.code, 6) END
      JOIN sxo_region city ON city.id = county.pid AND city.pid = NEW.province
      WHERE chosen.id = NEW.city
        AND (chosen.level = 3 OR chosen.id = city.id AND town.code ~ '^[0-9]{9}$');
      IF FOUND THEN
        NEW.city := carried.city;
        NEW.county := carried.county;
        IF NOT starts_with(NEW.address, carried.town) THEN
          NEW.address := carried.town || NEW.address;
        END IF;
      END IF;
      RETURN NEW;
    END $$`);
  await queryRunner.query(`
    CREATE TRIGGER tr_user_address_carry
    BEFORE INSERT OR UPDATE OF city, county ON sxo_user_address FOR EACH ROW
    EXECUTE FUNCTION sxo_carry_address()`);
  await queryRunner.query(`
    UPDATE sxo_user_address SET city = city
    WHERE city IN (SELECT id FROM sxo_region WHERE level = 3)
      OR county IN (SELECT id FROM sxo_region WHERE code ~ '^[0-9]{9}$')`);
}
