import { Injectable } from '@nestjs/common';
import { Raw } from 'typeorm';
import { Database } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import { PlatformSessionKey } from './entities/platform-session-key.entity.js';

/** The only reader and writer of sessions' platform keys. */
@Injectable()
export class PlatformSessionKeyRepository {
  constructor(
    private readonly database: Database,
    cleaner: ExpiredRowsCleaner,
  ) {
    cleaner.keepClean('sxo_platform_session_key', 'expire_time');
  }

  /** Keeps a session's key in place of the one before. */
  async keep(sessionId: string, sessionKey: Buffer, lifetimeSeconds: number): Promise<void> {
    await this.database.repository(PlatformSessionKey).upsert(
      {
        session_id: sessionId,
        session_key: sessionKey,
        expire_time: () => `now() + make_interval(secs => ${lifetimeSeconds})`,
      },
      ['session_id'],
    );
  }

  /** @returns undefined where there is none, or it has expired */
  async find(sessionId: string): Promise<Buffer | undefined> {
    const row = await this.database.repository(PlatformSessionKey).findOneBy({
      session_id: sessionId,
      expire_time: Raw((column) => `${column} > now()`),
    });
    return row?.session_key;
  }
}
