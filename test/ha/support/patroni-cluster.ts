import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { freePort, unprivilegedAccount } from '../../support/postgres-server.mjs';
import { type Passwords, PatroniNode } from './patroni-node.js';
import { answersOk, ServerProcess } from './server-process.js';

const CONFIGURATION = fileURLToPath(new URL('../../../deploy/compose', import.meta.url));
const NODES = ['node1', 'node2'] as const;
const POSTGRES = '/usr/lib/postgresql';

/** Debian's packages that the cluster is made of, and a program of each. */
const PACKAGES = { patroni: 'patroni', 'etcd-server': 'etcd', haproxy: 'haproxy' };

/**
 * PostgreSQL twice under Patroni, the primary and a synchronous standby, with etcd as their witness
 * and HAProxy in front: the configuration that `deploy/compose` deploys, on ports of the loopback
 * address.
 */
export class PatroniCluster {
  private constructor(
    private readonly folder: string,
    private readonly servers: readonly ServerProcess[],
    private readonly etcd: ServerProcess,
    readonly nodes: readonly [PatroniNode, PatroniNode],
    private readonly passwords: Passwords,
    private readonly port: number,
  ) {}

  /** The service's database, through HAProxy. */
  get url(): string {
    return urlOf('shopxo', this.passwords.shopxo, this.port);
  }

  /** The same database as a superuser, through HAProxy. */
  get superuserUrl(): string {
    return urlOf('postgres', this.passwords.superuser, this.port);
  }

  /** The copy of it that a node has. */
  superuserUrlOf({ port }: PatroniNode): string {
    return urlOf('postgres', this.passwords.superuser, port);
  }

  /** Starts it, and waits until the standby is in sync. */
  static async start(): Promise<PatroniCluster> {
    const binaries = debianBinaries();
    const folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-cluster-'));
    chmodSync(folder, 0o755);
    const passwords = {
      superuser: secret(),
      replication: secret(),
      rewind: secret(),
      patroni: secret(),
      shopxo: secret(),
    };
    const [etcdPort, databasePort, healthPort] = [
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const etcd = await startEtcd(subfolder(folder, 'etcd'), etcdPort);
    const prepare = (name: string): Promise<PatroniNode> =>
      PatroniNode.prepare({
        name,
        folder: subfolder(folder, name),
        configuration: join(CONFIGURATION, 'patroni'),
        binaries,
        etcd: `127.0.0.1:${etcdPort}`,
        passwords,
      });
    const nodes = [await prepare(NODES[0]), await prepare(NODES[1])] as const;
    const haproxy = ServerProcess.start({
      command: 'haproxy',
      args: ['-f', join(CONFIGURATION, 'haproxy', 'haproxy.cfg')],
      env: {
        DATABASE_LISTEN: `127.0.0.1:${databasePort}`,
        HEALTH_LISTEN: `127.0.0.1:${healthPort}`,
        NODE1: `127.0.0.1:${nodes[0].port}`,
        NODE1_REST_PORT: String(nodes[0].restPort),
        NODE2: `127.0.0.1:${nodes[1].port}`,
        NODE2_REST_PORT: String(nodes[1].restPort),
      },
      folder: subfolder(folder, 'haproxy'),
    });
    const cluster = new PatroniCluster(
      folder,
      [etcd, haproxy],
      etcd,
      nodes,
      passwords,
      databasePort,
    );
    try {
      nodes[0].start();
      await nodes[0].untilIs('primary');
      nodes[1].start();
      await nodes[1].untilIs('sync');
      await haproxy.until(() => answersOk(`http://127.0.0.1:${healthPort}/ready`));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** The primary and the other node. @throws Error where not exactly one is the primary */
  async roles(): Promise<{ primary: PatroniNode; standby: PatroniNode }> {
    const [one, other] = this.nodes;
    const [first, second] = [await one.is('primary'), await other.is('primary')];
    if (first === second) throw new Error(first ? 'two primaries' : 'no primary');
    return first ? { primary: one, standby: other } : { primary: other, standby: one };
  }

  /** Has etcd stand still until the work is done. */
  async withoutEtcd(work: () => Promise<void>): Promise<void> {
    this.etcd.signal('SIGSTOP');
    try {
      await work();
    } finally {
      this.etcd.signal('SIGCONT');
    }
  }

  /** Ends every process and removes what they stored. */
  async stop(): Promise<void> {
    for (const node of this.nodes) await node.die();
    for (const server of this.servers) await server.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const urlOf = (user: string, password: string, port: number): string =>
  `postgres://${user}:${password}@127.0.0.1:${port}/shopxo`;

const secret = (): string => randomBytes(16).toString('hex');

function subfolder(parent: string, name: string): string {
  const path = join(parent, name);
  mkdirSync(path, { mode: 0o700 });
  const { uid, gid } = unprivilegedAccount();
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
  return path;
}

/**
 * Where Debian's newest PostgreSQL has its programs.
 *
 * @throws Error that names the packages to install
 */
function debianBinaries(): string {
  const missing = Object.entries(PACKAGES)
    .filter(([, program]) => spawnSync(program, ['--version']).error !== undefined)
    .map(([name]) => name);
  const [newest] = postgresVersions().sort((one, other) => Number(other) - Number(one));
  if (newest === undefined) missing.push('postgresql');
  if (missing.length > 0) throw new Error(`Debian's packages are missing: ${missing.join(' ')}`);
  return join(POSTGRES, newest!, 'bin');
}

function postgresVersions(): string[] {
  try {
    return readdirSync(POSTGRES);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** What the deployed etcd is told of old values. @throws Error where that is nothing */
function compactionOf(file: string): string[] {
  const { services } = parse(readFileSync(file, 'utf8')) as {
    services: { etcd: { command: string[] } };
  };
  const args = services.etcd.command.filter((argument) => argument.startsWith('--auto-compaction'));
  if (args.length === 0) throw new Error(`${file} lets etcd keep every old value`);
  return args;
}

async function startEtcd(folder: string, port: number): Promise<ServerProcess> {
  const url = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${await freePort()}`;
  const etcd = ServerProcess.start({
    command: 'etcd',
    args: [
      ['--name', 'etcd1'],
      ['--data-dir', join(folder, 'data')],
      ['--listen-client-urls', url],
      ['--advertise-client-urls', url],
      ['--listen-peer-urls', peer],
      ['--initial-advertise-peer-urls', peer],
      ['--initial-cluster', `etcd1=${peer}`],
      compactionOf(join(CONFIGURATION, 'cluster.yml')),
    ].flat(),
    folder,
  });
  await etcd.until(() => answersOk(`${url}/health`));
  return etcd;
}
