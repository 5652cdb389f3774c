import type { Client } from 'pg';
import { type AfterQueryEvent, type EntitySubscriberInterface, EventSubscriber } from 'typeorm';
import {
  DatabaseUnavailableException,
  isStaleStatement,
  toDatabaseError,
} from './database-errors.js';

/** Connections that are of no more use, and the error that each of their users gets. */
const spoilt = new WeakMap<Client, unknown>();

/**
 * Whether a connection is of no more use after an error: it did not answer, its server takes no writes,
 * or its prepared statements are stale. An ordinary error, such as a violated constraint, spoils nothing.
 */
const spoils = (error: unknown): boolean =>
  isStaleStatement(error) || (error instanceof DatabaseUnavailableException && !error.saidByServer);

/** Ends a connection that an error has spoilt; the pool makes a new one in its place. */
export function endIfSpoilt(client: Client, error: unknown): void {
  const cause = toDatabaseError(error);
  if (!spoils(cause) || spoilt.has(client)) return;
  spoilt.set(client, cause);
  void client.end();
}

/** @throws the error that spoilt the connection, if one did: nothing more may be asked of it */
export function refuseSpoilt(client: Client): void {
  if (spoilt.has(client)) throw spoilt.get(client);
}

/** For a new connection: one that breaks while nothing is asked of it fails its next user. */
export function watchConnection(client: Client): void {
  client.on('error', (error) => {
    if (!spoilt.has(client)) spoilt.set(client, toDatabaseError(error));
  });
}

/** Ends spoilt connections also after the queries that TypeORM makes for its repositories. */
@EventSubscriber()
export class SpoiltConnectionsSubscriber implements EntitySubscriberInterface {
  async afterQuery({ success, error, queryRunner }: AfterQueryEvent): Promise<void> {
    if (!success) endIfSpoilt((await queryRunner.connect()) as Client, error);
  }
}
