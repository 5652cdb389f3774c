import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Indexes in the order in which deliveries are claimed, apart for those that were tried before, and one
 * that finds what was given up.
 */
export class EventDeliveryIndexes1764400000000 implements MigrationInterface {
  readonly name = 'EventDeliveryIndexes1764400000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX ix_event_delivery_untried ON sxo_event_delivery (event, listener, due_time, id)
       WHERE failed_time IS NULL AND tries = 0`,
    );
    await queryRunner.query(
      `CREATE INDEX ix_event_delivery_tried ON sxo_event_delivery (event, listener, due_time, id)
       WHERE failed_time IS NULL AND tries > 0`,
    );
    await queryRunner.query(
      `CREATE INDEX ix_event_delivery_failed ON sxo_event_delivery (failed_time)
       WHERE failed_time IS NOT NULL`,
    );
    await queryRunner.query('DROP INDEX ix_event_delivery_due');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX ix_event_delivery_due ON sxo_event_delivery (event, listener, due_time)
       WHERE failed_time IS NULL`,
    );
    await queryRunner.query(
      'DROP INDEX ix_event_delivery_untried, ix_event_delivery_tried, ix_event_delivery_failed',
    );
  }
}
