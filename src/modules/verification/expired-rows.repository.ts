import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';

const DELETE: Statement = {
  name: 'verification.delete_expired',
  text: `
    WITH codes AS (DELETE FROM sxo_verification_code WHERE expire_time <= now())
    DELETE FROM sxo_captcha WHERE expire_time <= now()`,
};

/** Removes what no statement would find any more. */
@Injectable()
export class ExpiredRowsRepository {
  constructor(private readonly database: Database) {}

  async delete(): Promise<void> {
    await this.database.run(DELETE, []);
  }
}
