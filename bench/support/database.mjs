// A PostgreSQL with default durability that counts its statements.
import pg from 'pg';
import { migrate } from '../../test/support/built.mjs';
import { startPostgres } from '../../test/support/postgres-server.mjs';
import { cpuMs } from './processes.mjs';

/**
 * @typedef {object} BenchServer
 * @property {string} url of its first database
 * @property {() => number} cpuMs milliseconds of processor time that all of its processes have had
 * @property {(name: string) => Promise<BenchDatabase>} create a database with empty tables
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<BenchServer>} */
export async function startServer() {
  const server = await startPostgres({
    durable: true,
    settings: ['shared_preload_libraries=pg_stat_statements'],
  });
  /** @type {BenchDatabase[]} */
  const databases = [];
  return {
    url: server.url,
    // The postmaster's processor time has that of its ended children.
    cpuMs: () => cpuMs(server.pids()),
    create: async (name) => {
      const client = new pg.Client(server.url);
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      await migrate(url.href);
      const database = await BenchDatabase.open(url.href);
      databases.push(database);
      return database;
    },
    stop: async () => {
      for (const database of databases) await database.close();
      await server.stop();
    },
  };
}

/** One database of the benchmark's server. */
export class BenchDatabase {
  /**
   * @param {string} url
   * @param {pg.Client} client
   */
  constructor(url, client) {
    this.url = url;
    this.client = client;
  }

  /** @param {string} url */
  static async open(url) {
    const client = new pg.Client(url);
    await client.connect();
    await client.query('CREATE EXTENSION pg_stat_statements');
    // What the benchmark itself asks is not counted.
    await client.query('SET pg_stat_statements.track = none');
    return new BenchDatabase(url, client);
  }

  /**
   * @param {string} text
   * @param {unknown[]} [values]
   * @returns {Promise<any[]>} the rows
   */
  async query(text, values = []) {
    return (await this.client.query(text, values)).rows;
  }

  /** Forgets the statements that were counted. */
  async forgetStatements() {
    await this.query('SELECT pg_stat_statements_reset()');
  }

  /**
   * The statements since then, `BEGIN` and `COMMIT` among them.
   *
   * @returns {Promise<{ id: string, calls: number, walBytes: number }[]>}
   */
  async statements() {
    const rows = await this.query(
      `SELECT s.queryid::text AS id, s.calls::int AS calls, s.wal_bytes::float8 AS "walBytes"
       FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
       WHERE d.datname = current_database()`,
    );
    return rows;
  }

  async close() {
    await this.client.end();
  }
}
