import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Database, type Statement } from '../../database/database.js';
import { findPage, type PageRequest } from '../../database/find-page.js';
import { notEnded } from '../personal/live-account.js';
import {
  IntegralType,
  OperationType,
  UserIntegralLog,
} from './entities/user-integral-log.entity.js';
import type { Balance } from './user-integral.view.js';

/** Which points: those that can be spent, or those that are not yet. */
export type IntegralKind = keyof typeof IntegralType;

/** A change to make. */
export interface Change {
  readonly userId: string;
  readonly kind: IntegralKind;
  /** Below 0 takes points away. */
  readonly amount: number;
  readonly reason: string;
  readonly operatorId: string;
  readonly reference: string | null;
}

/** What became of a change; nothing is changed but where it is the id of its row. */
export type Changed = { readonly id: string } | 'known' | 'out of range' | 'account ended';

/** What the column of a balance holds. */
export const MOST_POINTS = 2_147_483_647;

const BALANCE: Statement = {
  name: 'user_integral.balance',
  text: `
    SELECT u.integral, u.locking_integral FROM sxo_user u WHERE u.id = $1 AND ${notEnded('u')}`,
};

/** Changes of one account come one after the other, and it does not end meanwhile. */
const HOLD: Statement = {
  name: 'user_integral.hold',
  text: `SELECT FROM sxo_user u WHERE u.id = $1 AND ${notEnded('u')} FOR NO KEY UPDATE`,
};

/** The balance and its row in one statement, where the balance stays in range and nothing is done twice. */
const change = (kind: IntegralKind, column: keyof Balance): Statement => ({
  name: `user_integral.change_${kind}`,
  text: `
    WITH changed AS (
      UPDATE sxo_user u SET ${column} = u.${column} + $2::int
      WHERE u.id = $1 AND u.${column} + $2::bigint BETWEEN 0 AND ${MOST_POINTS}
        AND NOT EXISTS (SELECT FROM sxo_user_integral_log l WHERE l.user_id = $1 AND l.reference = $5)
      RETURNING u.id, u.${column} AS balance
    )
    INSERT INTO sxo_user_integral_log (user_id, integral_type, operation_type, original_integral,
      new_integral, operation_integral, msg, operation_id, reference)
    SELECT id, ${IntegralType[kind]},
      CASE WHEN $2::int > 0 THEN ${OperationType.more} ELSE ${OperationType.less} END,
      balance - $2::int, balance, abs($2::int), $3, $4, $5
    FROM changed
    RETURNING id`,
});

const CHANGE: Readonly<Record<IntegralKind, Statement>> = {
  valid: change('valid', 'integral'),
  locked: change('locked', 'locking_integral'),
};

/** The log's only reader and writer, and the only writer of the balances in `sxo_user`. */
@Injectable()
export class UserIntegralRepository {
  constructor(private readonly database: Database) {}

  /** A page of a user's changes, newest first, and how many there are. */
  list(userId: string, page: PageRequest): Promise<[UserIntegralLog[], number]> {
    return findPage(this.changes, page, { where: { user_id: userId }, order: { id: 'DESC' } });
  }

  /** @returns undefined where the account has ended */
  async balance(userId: string): Promise<Balance | undefined> {
    const [balance] = await this.database.run<Balance>(BALANCE, [userId]);
    return balance;
  }

  /** Changes a balance and adds the row that tells of it. */
  change({ userId, kind, amount, reason, operatorId, reference }: Change): Promise<Changed> {
    return this.database.transaction<Changed>(async () => {
      if ((await this.database.run(HOLD, [userId])).length === 0) return 'account ended';
      const values = [userId, amount, reason, operatorId, reference];
      const [added] = await this.database.run<{ id: string }>(CHANGE[kind], values);
      if (added) return added;
      const isKnown = reference !== null && (await this.isKnown(userId, reference));
      return isKnown ? 'known' : 'out of range';
    });
  }

  /** Removes every change of an account that has ended: no one adds to them any more. */
  async removeAll(userId: string): Promise<void> {
    await this.changes.delete({ user_id: userId });
  }

  private isKnown(userId: string, reference: string): Promise<boolean> {
    return this.changes.existsBy({ user_id: userId, reference });
  }

  /** TypeORM's repository, a part of the transaction that is open. */
  private get changes(): Repository<UserIntegralLog> {
    return this.database.repository(UserIntegralLog);
  }
}
