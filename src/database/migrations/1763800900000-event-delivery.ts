import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Durable events on their way to their listeners. From here on the addresses of a closed account are
 * deleted; those of accounts that were closed before go with this.
 */
export class EventDelivery1763800900000 implements MigrationInterface {
  readonly name = 'EventDelivery1763800900000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE sxo_event_delivery (
        id bigint GENERATED ALWAYS AS IDENTITY,
        event text NOT NULL,
        listener text NOT NULL,
        payload jsonb NOT NULL,
        tries smallint NOT NULL DEFAULT 0,
        due_time timestamptz NOT NULL DEFAULT now(),
        failed_time timestamptz,
        add_time timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_event_delivery PRIMARY KEY (id),
        CONSTRAINT ck_event_delivery_event CHECK (event ~ '^[a-z]{1,20}\\.[a-z_]{1,40}$'),
        CONSTRAINT ck_event_delivery_listener
          CHECK (listener ~ '^[A-Za-z_][A-Za-z0-9_]{0,59}\\.[A-Za-z_][A-Za-z0-9_]{0,59}$'),
        CONSTRAINT ck_event_delivery_payload CHECK (jsonb_typeof(payload) = 'object'),
        CONSTRAINT ck_event_delivery_tries CHECK (tries >= 0)
      )`);
    await queryRunner.query(
      `CREATE INDEX ix_event_delivery_due ON sxo_event_delivery (event, listener, due_time)
       WHERE failed_time IS NULL`,
    );
    await queryRunner.query(
      `DELETE FROM sxo_user_address a USING sxo_user u
       WHERE u.id = a.user_id AND u.is_logout_time IS NOT NULL`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sxo_event_delivery');
  }
}
