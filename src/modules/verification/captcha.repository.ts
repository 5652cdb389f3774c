import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import type { SaltedHash } from './salted-hash.js';

const REPLACE: Statement = {
  name: 'captcha.replace',
  text: `
    INSERT INTO sxo_captcha (type, uuid, salt, answer_hash, expire_time)
    VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))
    ON CONFLICT ON CONSTRAINT pk_captcha DO UPDATE SET
      salt = EXCLUDED.salt, answer_hash = EXCLUDED.answer_hash, expire_time = EXCLUDED.expire_time`,
};

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
    await this.database.run(REPLACE, [type, uuid, salt, hash, lifetimeSeconds]);
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
