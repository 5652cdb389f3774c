import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { liveAccount } from './live-account.js';

const HOLD: Statement = {
  name: 'live_account.hold',
  text: `SELECT FROM sxo_user u WHERE u.id = $1 AND ${liveAccount('u')} FOR NO KEY UPDATE`,
};

/** Accounts that may use the service, for modules that keep something of a user's own. */
@Injectable()
export class LiveAccountRepository {
  constructor(private readonly database: Database) {}

  /**
   * Locks an account until the end of the transaction: it cannot end or be banned meanwhile, and other
   * work that holds it waits. Rows of the user that are counted here can be written without a race.
   *
   * @returns false where the account has ended, or is banned or pending
   * @throws Error outside of a transaction
   */
  async hold(userId: string): Promise<boolean> {
    this.database.requireTransaction('Holding an account');
    return (await this.database.run(HOLD, [userId])).length > 0;
  }
}
