import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Raw } from 'typeorm';
import { Database, type Statement } from '../../database/database.js';
import { addressGroup } from '../../http/client-address.js';
import { KnownAddress } from './entities/known-address.entity.js';

/** Removes what the account is not known at any more on the way. */
const REMEMBER: Statement = {
  name: 'known_address.remember',
  text: `
    WITH known AS (
      SELECT count(*) AS addresses, count(*) FILTER (
        WHERE address_hash = $2 AND last_time > now() - make_interval(days => $3)) AS same
      FROM sxo_known_address WHERE user_id = $1
    ), expired AS (
      DELETE FROM sxo_known_address
      WHERE user_id = $1 AND address_hash <> $2
        AND last_time <= now() - make_interval(days => $3)
    ), remembered AS (
      INSERT INTO sxo_known_address (user_id, address_hash) VALUES ($1, $2)
      ON CONFLICT ON CONSTRAINT pk_known_address DO UPDATE SET last_time = now()
    )
    SELECT addresses > 0 AND same = 0 AS is_new FROM known`,
};

/** Days for which an address stays known. */
const KNOWN_DAYS = 90;

/** No account's id. */
const NOBODY = '0';

/** The hash under which a user's address is known. */
export const knownAddressHash = (userId: string, address: string): Buffer =>
  createHash('sha256')
    .update(`${userId}:${addressGroup(address)}`)
    .digest();

/** The addresses from which accounts were proven to be theirs, an IPv6 /64 being one. */
@Injectable()
export class KnownAddressRepository {
  constructor(private readonly database: Database) {}

  /** @param userId undefined for no account; that costs the same */
  async isKnown(userId: string | undefined, address: string): Promise<boolean> {
    const id = userId ?? NOBODY;
    return this.database.repository(KnownAddress).existsBy({
      user_id: id,
      address_hash: knownAddressHash(id, address),
      last_time: Raw((column) => `${column} > now() - make_interval(days => ${KNOWN_DAYS})`),
    });
  }

  /** The hashes of the addresses that the account is or was known at, see {@link knownAddressHash}. */
  async hashesOf(userId: string): Promise<Buffer[]> {
    const rows = await this.database.repository(KnownAddress).findBy({ user_id: userId });
    return rows.map(({ address_hash }) => address_hash);
  }

  /** @returns whether the account is known at other addresses, and was not at this one */
  async remember(userId: string, address: string): Promise<boolean> {
    const values = [userId, knownAddressHash(userId, address), KNOWN_DAYS];
    const [row] = await this.database.run<{ is_new: boolean }>(REMEMBER, values);
    return row?.is_new === true;
  }
}
