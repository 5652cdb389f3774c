import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import { Captcha } from './entities/captcha.entity.js';
import type { SaltedHash } from './salted-hash.js';

/** One statement finds the captcha and removes it, so that of two answers at once one gets none. */
const TAKE: Statement = {
  name: 'captcha.take',
  text: `
    DELETE FROM sxo_captcha WHERE type = $1 AND uuid = $2 AND expire_time > now()
    RETURNING salt, answer_hash AS hash`,
};

/** The picture captchas' only reader and writer. */
@Injectable()
export class CaptchaRepository {
  constructor(
    private readonly database: Database,
    cleaner: ExpiredRowsCleaner,
  ) {
    cleaner.keepClean('sxo_captcha', 'expire_time');
  }

  async replace(
    type: string,
    uuid: string,
    { salt, hash }: SaltedHash,
    lifetimeSeconds: number,
  ): Promise<void> {
    await this.database.repository(Captcha).upsert(
      {
        type,
        uuid,
        salt,
        answer_hash: hash,
        expire_time: () => `now() + make_interval(secs => ${lifetimeSeconds})`,
      },
      ['type', 'uuid'],
    );
  }

  /**
   * Takes a captcha out: it is answered once, rightly or not.
   *
   * @returns undefined where there is none, or it has expired
   * @throws Error inside a transaction, whose rollback would bring it back
   */
  async take(type: string, uuid: string): Promise<SaltedHash | undefined> {
    this.database.refuseTransaction('Answering a captcha');
    const [captcha] = await this.database.run<SaltedHash>(TAKE, [type, uuid]);
    return captcha;
  }
}
