import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import { MobileProof } from './entities/mobile-proof.entity.js';

/** Seconds for which a number that a platform has told may be saved. */
export const MOBILE_PROOF_SECONDS = 10 * 60;

/** One statement finds the proof and removes it: it is used once. */
const TAKE: Statement = {
  name: 'mobile_proof.take',
  text: `
    DELETE FROM sxo_mobile_proof
    WHERE user_id = $1 AND mobile = $2 AND expire_time > now()
    RETURNING user_id`,
};

/** Mobile numbers that a platform has just said to be a user's. */
@Injectable()
export class MobileProofRepository {
  constructor(
    private readonly database: Database,
    cleaner: ExpiredRowsCleaner,
  ) {
    cleaner.keepClean('sxo_mobile_proof', 'expire_time');
  }

  /** Notes a number of a user, in place of the one before. */
  async give(userId: string, mobile: string): Promise<void> {
    await this.database.repository(MobileProof).upsert(
      {
        user_id: userId,
        mobile,
        expire_time: () => `now() + make_interval(secs => ${MOBILE_PROOF_SECONDS})`,
      },
      ['user_id'],
    );
  }

  /** @returns whether the number had been proven for the user; it is not any more */
  async take(userId: string, mobile: string): Promise<boolean> {
    return (await this.database.run(TAKE, [userId, mobile])).length > 0;
  }
}
