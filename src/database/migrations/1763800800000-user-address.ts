import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Delivery addresses, at most one of a user's the default one. */
export class UserAddress1763800800000 implements MigrationInterface {
  readonly name = 'UserAddress1763800800000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sxo_user_address (
        id bigint GENERATED ALWAYS AS IDENTITY,
        user_id bigint NOT NULL,
        alias text NOT NULL,
        name text NOT NULL,
        tel text NOT NULL,
        province bigint NOT NULL,
        city bigint NOT NULL,
        county bigint NOT NULL,
        address text NOT NULL,
        lng numeric(13,10) NOT NULL,
        lat numeric(12,10) NOT NULL,
        is_default boolean NOT NULL,
        idcard_name text NOT NULL,
        idcard_number text NOT NULL,
        idcard_front text NOT NULL,
        idcard_back text NOT NULL,
        add_time timestamptz NOT NULL DEFAULT now(),
        upd_time timestamptz,
        CONSTRAINT pk_user_address PRIMARY KEY (id),
        CONSTRAINT fk_user_address_user FOREIGN KEY (user_id) REFERENCES sxo_user (id) ON DELETE CASCADE,
        CONSTRAINT ck_user_address_alias CHECK (char_length(alias) <= 16),
        CONSTRAINT ck_user_address_name CHECK (char_length(name) BETWEEN 1 AND 30),
        CONSTRAINT ck_user_address_tel CHECK (tel ~ '^[0-9+ -]{1,15}$'),
        CONSTRAINT ck_user_address_region CHECK (province > 0 AND city > 0 AND county >= 0),
        CONSTRAINT ck_user_address_address CHECK (char_length(address) BETWEEN 1 AND 80),
        CONSTRAINT ck_user_address_place CHECK (lng BETWEEN -180 AND 180 AND lat BETWEEN -90 AND 90),
        CONSTRAINT ck_user_address_idcard_name CHECK (char_length(idcard_name) <= 60),
        CONSTRAINT ck_user_address_idcard_number
          CHECK (idcard_number ~ '^(v1[.][0-9a-f]{8}[.][A-Za-z0-9_-]{39,78})?$'),
        CONSTRAINT ck_user_address_idcard_front CHECK (char_length(idcard_front) <= 255),
        CONSTRAINT ck_user_address_idcard_back CHECK (char_length(idcard_back) <= 255)
      )`);
    await queryRunner.query('CREATE INDEX ix_user_address_user ON sxo_user_address (user_id, id)');
    await queryRunner.query(
      'CREATE UNIQUE INDEX uq_user_address_default ON sxo_user_address (user_id) WHERE is_default',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sxo_user_address');
  }
}
