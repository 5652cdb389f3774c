import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { User } from '../personal/entities/user.entity.js';
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

/** The account while no one can log in to it by password: one with a password is somebody's. */
const UNCLAIMED = {
  id: DEMONSTRATION.id,
  number_code: DEMONSTRATION.number_code,
  username: DEMONSTRATION.username,
  pwd: '',
};

/** Makes and removes the demonstration account. */
@Injectable()
export class DemonstrationRepository {
  constructor(private readonly database: Database) {}

  /**
   * Makes the account unless it is there.
   *
   * @returns false where its id or one of its names belongs to somebody else
   */
  async ensure(): Promise<boolean> {
    const { id, number_code, username, address, add_time } = DEMONSTRATION;
    await this.database.run(INSERT, [id, number_code, username, address, add_time]);
    return this.database.repository(User).existsBy({ ...UNCLAIMED, email: '', mobile: '' });
  }

  /** Removes the account and its sessions. */
  async delete(): Promise<void> {
    await this.database.repository(User).delete(UNCLAIMED);
  }
}
