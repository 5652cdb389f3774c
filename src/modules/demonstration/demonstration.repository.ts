import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { DEMONSTRATION } from './demonstration.account.js';

/** New accounts get ids above the demonstration account's. */
const INSERT: Statement = {
  name: 'demonstration.insert',
  text: `
    WITH added AS (
      INSERT INTO sxo_user (id, number_code, username, address, add_time)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT DO NOTHING
      RETURNING id
    )
    SELECT setval(pg_get_serial_sequence('sxo_user', 'id'), greatest(max(u.id), added.id))
    FROM added LEFT JOIN sxo_user u ON true
    GROUP BY added.id`,
};

/** Only an account that no one can log in to: one with a password is somebody's. */
const DELETE: Statement = {
  name: 'demonstration.delete',
  text: `
    DELETE FROM sxo_user
    WHERE id = $1 AND number_code = $2 AND username = $3 AND pwd = ''`,
};

/** Makes and removes the demonstration account. */
@Injectable()
export class DemonstrationRepository {
  constructor(private readonly database: Database) {}

  /** Does nothing where the account, its id or one of its names is taken. */
  async insert(): Promise<void> {
    const { id, number_code, username, address, add_time } = DEMONSTRATION;
    await this.database.run(INSERT, [id, number_code, username, address, add_time]);
  }

  /** Removes the account and its sessions. */
  async delete(): Promise<void> {
    const { id, number_code, username } = DEMONSTRATION;
    await this.database.run(DELETE, [id, number_code, username]);
  }
}
