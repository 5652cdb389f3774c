import { execFile } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, unprivilegedAccount } from '../../support/postgres-server.mjs';
import { answersOk, ServerProcess } from './server-process.js';

/** The passwords of a cluster's roles. */
export interface Passwords {
  readonly superuser: string;
  readonly replication: string;
  readonly rewind: string;
  /** Of Patroni's REST API. */
  readonly patroni: string;
  readonly shopxo: string;
}

/** What a node may be: `sync` is a standby that confirms every commit. */
export type Role = 'primary' | 'sync';

/** What a node needs to know to join. */
export interface NodeSetup {
  readonly name: string;
  /** Everything of the node's lies here. */
  readonly folder: string;
  /** Where the configuration that is deployed lies. */
  readonly configuration: string;
  /** PostgreSQL's programs. */
  readonly binaries: string;
  /** etcd's address: host and port. */
  readonly etcd: string;
  readonly passwords: Passwords;
}

/** One PostgreSQL under Patroni, which can die like a machine. */
export class PatroniNode {
  private patroni?: ServerProcess;

  private constructor(
    readonly name: string,
    readonly port: number,
    readonly restPort: number,
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Lays its folder. It is not started. */
  static async prepare(setup: NodeSetup): Promise<PatroniNode> {
    const { name, folder, configuration, binaries, etcd, passwords } = setup;
    const [port, restPort] = [await freePort(), await freePort()];
    cpSync(configuration, folder, { recursive: true });
    const data = join(folder, 'data');
    mkdirSync(data, { mode: 0o700 });
    const { uid, gid } = unprivilegedAccount();
    if (uid !== undefined && gid !== undefined) {
      for (const path of [folder, data]) chownSync(path, uid, gid);
    }
    return new PatroniNode(name, port, restPort, folder, {
      PATRONI_NAME: name,
      PATRONI_ETCD3_HOSTS: etcd,
      PATRONI_RESTAPI_LISTEN: `127.0.0.1:${restPort}`,
      PATRONI_RESTAPI_CONNECT_ADDRESS: `127.0.0.1:${restPort}`,
      PATRONI_POSTGRESQL_LISTEN: `127.0.0.1:${port}`,
      PATRONI_POSTGRESQL_CONNECT_ADDRESS: `127.0.0.1:${port}`,
      PATRONI_POSTGRESQL_DATA_DIR: data,
      PATRONI_POSTGRESQL_BIN_DIR: binaries,
      PATRONI_POSTGRESQL_PGPASS: join(folder, 'pgpass'),
      PATRONI_SUPERUSER_USERNAME: 'postgres',
      PATRONI_SUPERUSER_PASSWORD: passwords.superuser,
      PATRONI_REPLICATION_USERNAME: 'replicator',
      PATRONI_REPLICATION_PASSWORD: passwords.replication,
      PATRONI_REWIND_USERNAME: 'rewind',
      PATRONI_REWIND_PASSWORD: passwords.rewind,
      PATRONI_RESTAPI_USERNAME: 'patroni',
      PATRONI_RESTAPI_PASSWORD: passwords.patroni,
      SHOPXO_PASSWORD: passwords.shopxo,
    });
  }

  /** Starts it, on the data that it has. */
  start(): void {
    this.patroni = ServerProcess.start({
      command: 'patroni',
      args: ['patroni.yml'],
      env: this.env,
      folder: this.folder,
    });
  }

  /** @throws Error with its log where the condition does not come to hold */
  until(condition: () => Promise<boolean>): Promise<void> {
    if (!this.patroni) throw new Error(`${this.name} does not run`);
    return this.patroni.until(condition);
  }

  /** Waits until it is what is said in the cluster. */
  untilIs(role: Role): Promise<void> {
    return this.until(() => this.is(role));
  }

  is(role: Role): Promise<boolean> {
    return answersOk(`http://127.0.0.1:${this.restPort}/${role}`);
  }

  /** Whether it stays the primary without etcd, because the other nodes answer it. */
  async isFailsafe(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.restPort}/patroni`);
    return 'failsafe_mode_is_active' in ((await answer.json()) as object);
  }

  /** Ends every process of the node with SIGKILL, as the loss of its machine would. */
  async die(): Promise<void> {
    const { patroni } = this;
    this.patroni = undefined;
    const died = patroni?.kill();
    this.signalPostgres('SIGKILL');
    await died;
    // Whatever was started between the look and the kill.
    this.signalPostgres('SIGKILL');
  }

  /** Signals every process of PostgreSQL. */
  signalPostgres(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    for (const pid of this.postgresPids()) send(pid, signal);
  }

  /** Switches over to another node as is planned, with Patroni's own tool. */
  async switchOverTo(candidate: PatroniNode): Promise<void> {
    const { name, env, folder } = this;
    const args = ['switchover', '--leader', name, '--candidate', candidate.name, '--force'];
    await promisify(execFile)('patronictl', ['-c', 'patroni.yml', ...args], {
      env: { ...process.env, ...env },
      cwd: folder,
    });
  }

  /** The postmaster and its children, none where it does not run. */
  private postgresPids(): number[] {
    const read = (path: string): string | undefined => {
      try {
        return readFileSync(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    };
    const postmaster = Number(read(join(this.folder, 'data', 'postmaster.pid'))?.split('\n')[0]);
    if (!(postmaster > 0)) return [];
    // The file outlives the postmaster, whose number may be another's by now.
    if (read(`/proc/${postmaster}/comm`)?.trim() !== 'postgres') return [];
    const children = read(`/proc/${postmaster}/task/${postmaster}/children`) ?? '';
    return [postmaster, ...children.split(' ').filter(Boolean).map(Number)];
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
