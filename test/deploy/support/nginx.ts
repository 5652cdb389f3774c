import { spawn, type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/postgres-server.mjs';

const CONFIGURATION = fileURLToPath(
  new URL('../../../deploy/compose/nginx/nginx.conf', import.meta.url),
);

/** nginx with the configuration that is deployed, but for where it listens, leads and writes. */
export class Nginx {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  /**
   * @param instances where the two instances listen: host and port
   * @throws Error where nginx is missing or refuses the configuration
   */
  static async start(instances: readonly [string, string]): Promise<Nginx> {
    const folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-nginx-'));
    const port = await freePort();
    const configuration = replaceEach(readFileSync(CONFIGURATION, 'utf8'), [
      // Before what names the folder, which lies there, too.
      ['/tmp/', `${folder}/`],
      // Debian's nginx cannot look a name up again, and here are only addresses.
      ['server app1:3000 resolve', `server ${instances[0]}`],
      ['server app2:3000 resolve', `server ${instances[1]}`],
      ['listen 8080', `listen 127.0.0.1:${port}`],
      ['/dev/stdout', join(folder, 'access.log')],
      ['error_log stderr', `error_log ${join(folder, 'error.log')}`],
    ]);
    // Its workers are another account's where it is root's, and these folders are root's.
    const file = join(folder, 'nginx.conf');
    writeFileSync(file, process.getuid?.() === 0 ? `user root;\n${configuration}` : configuration);
    const args = ['-p', folder, '-c', file, '-e', join(folder, 'start.log')];
    const tested = spawnSync('nginx', [...args, '-t'], { encoding: 'utf8' });
    if (tested.error) throw new Error("nginx is missing; Debian's package is nginx-light");
    if (tested.status !== 0) throw new Error(tested.stderr);
    const child = spawn('nginx', [...args, '-g', 'daemon off;'], { stdio: 'ignore' });
    const nginx = new Nginx(child, folder, `http://127.0.0.1:${port}`);
    while (!(await nginx.answers())) await sleep(25);
    return nginx;
  }

  /** Everything that it has written, wherever. */
  get log(): string {
    return ['access.log', 'error.log', 'start.log']
      .map((name) => readFileSync(join(this.folder, name), 'utf8'))
      .join('');
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** @throws Error when it has ended */
  private async answers(): Promise<boolean> {
    if (this.child.exitCode !== null) throw new Error(`nginx ended: ${this.log}`);
    return fetch(this.url).then(
      () => true,
      () => false,
    );
  }
}

/** @throws Error where the text has no such part: the configuration is another one */
function replaceEach(text: string, parts: readonly (readonly [string, string])[]): string {
  return parts.reduce((replaced, [part, other]) => {
    if (!replaced.includes(part)) throw new Error(`nginx.conf has no ${part}`);
    return replaced.replaceAll(part, other);
  }, text);
}
