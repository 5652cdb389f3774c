import { Injectable } from '@nestjs/common';
import { Raw } from 'typeorm';
import { Database, type Statement } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import { PlatformTicket } from './entities/platform-ticket.entity.js';

/** A ticket's hash and the client that it was given to, which alone can use it. */
export interface TicketKey {
  readonly ticket_hash: Buffer;
  readonly platform: string;
  readonly system_type: string;
}

/** A ticket's row; a number that counts no longer is empty. */
export type TicketRow = Pick<PlatformTicket, 'openid' | 'unionid' | 'session_key' | 'mobile'>;

const SHOWN = `openid, unionid, session_key,
  CASE WHEN mobile_expire_time > now() THEN mobile ELSE '' END AS mobile`;

const IS_LIVE = `ticket_hash = $1 AND platform = $2 AND system_type = $3 AND expire_time > now()`;

const FIND: Statement = {
  name: 'platform_ticket.find',
  text: `SELECT ${SHOWN} FROM sxo_platform_ticket WHERE ${IS_LIVE}`,
};

/** One statement finds the ticket and removes it, so that of two uses at once one gets none. */
const SPEND: Statement = {
  name: 'platform_ticket.spend',
  text: `DELETE FROM sxo_platform_ticket WHERE ${IS_LIVE} RETURNING ${SHOWN}`,
};

/** The tickets' only reader and writer. */
@Injectable()
export class PlatformTicketRepository {
  constructor(
    private readonly database: Database,
    cleaner: ExpiredRowsCleaner,
  ) {
    cleaner.keepClean('sxo_platform_ticket', 'expire_time');
  }

  async add(
    key: TicketKey,
    row: Pick<PlatformTicket, 'openid' | 'unionid' | 'session_key'>,
    lifetimeSeconds: number,
  ): Promise<void> {
    await this.database.repository(PlatformTicket).insert({
      ...key,
      ...row,
      expire_time: () => `now() + make_interval(secs => ${lifetimeSeconds})`,
    });
  }

  /** @returns undefined where there is none, or it has expired or been spent */
  async find(key: TicketKey): Promise<TicketRow | undefined> {
    const [row] = await this.database.run<TicketRow>(FIND, valuesOf(key));
    return row;
  }

  /**
   * Takes the ticket out. A transaction that is rolled back brings it back.
   *
   * @returns undefined where there is none, or it has expired or been spent
   */
  async spend(key: TicketKey): Promise<TicketRow | undefined> {
    const [row] = await this.database.run<TicketRow>(SPEND, valuesOf(key));
    return row;
  }

  /** Notes a mobile number of the ticket's user; @returns false where there is no such ticket */
  async setMobile(key: TicketKey, mobile: string, lifetimeSeconds: number): Promise<boolean> {
    const { affected } = await this.database
      .repository(PlatformTicket)
      .update(
        { ...key, expire_time: Raw((column) => `${column} > now()`) },
        { mobile, mobile_expire_time: () => `now() + make_interval(secs => ${lifetimeSeconds})` },
      );
    return affected === 1;
  }
}

const valuesOf = ({ ticket_hash, platform, system_type }: TicketKey): unknown[] => [
  ticket_hash,
  platform,
  system_type,
];
