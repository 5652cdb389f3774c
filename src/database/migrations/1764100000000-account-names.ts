import type { MigrationInterface, QueryRunner } from 'typeorm';

const LIVE = 'is_delete_time IS NULL AND is_logout_time IS NULL';

/**
 * Names are unique in whatever case of ASCII, which is how every statement compares them. In the
 * database's own alphabet the Kelvin sign was a `k`, and in a Turkish one `I` was no `i`: there, this
 * fails where two live accounts have names that differ in nothing but the case of that letter.
 */
export class AccountNames1764100000000 implements MigrationInterface {
  readonly name = 'AccountNames1764100000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.replace(queryRunner, (column) => `lower(${column} COLLATE "C")`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await this.replace(queryRunner, (column) => `lower(${column})`);
  }

  private async replace(
    queryRunner: QueryRunner,
    expression: (column: string) => string,
  ): Promise<void> {
    for (const column of ['username', 'email']) {
      const name = `uq_user_${column}`;
      await queryRunner.query(`DROP INDEX ${name}`);
      await queryRunner.query(`
        CREATE UNIQUE INDEX ${name} ON sxo_user (${expression(column)})
        WHERE ${column} <> '' AND ${LIVE}`);
    }
  }
}
