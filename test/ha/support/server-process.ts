import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unprivilegedAccount } from '../../support/postgres-server.mjs';

const POLL_MS = 50;
/** Longer than anything here takes, so that what is started is ended in any case. */
const PATIENCE_MS = 75_000;

/** How to run a server of Debian's packages. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where it works, and writes its log. */
  readonly folder: string;
}

const running = new Set<ServerProcess>();
process.once('exit', () => {
  for (const server of running) void server.kill();
});

/** A server that a test runs, as an account that is not root's. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
    private readonly logFile: string,
  ) {
    running.add(this);
  }

  static start({ command, args, env, folder }: ServerCommand): ServerProcess {
    const logFile = join(folder, `${command}.log`);
    const log = openSync(logFile, 'a');
    const child = spawn(command, args, {
      ...unprivilegedAccount(),
      cwd: folder,
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: folder, ...env },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    return new ServerProcess(child, command, logFile);
  }

  /** @throws Error with its log when it ends before the condition holds, or that takes too long */
  async until(condition: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await condition())) {
      if (this.hasEnded) throw new Error(`${this.name} ended: ${this.log}`);
      if (Date.now() > deadline) throw new Error(`${this.name} takes too long: ${this.log}`);
      await sleep(POLL_MS);
    }
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    running.delete(this);
    if (this.hasEnded) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(signal);
  }

  get log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  private get hasEnded(): boolean {
    return (
      this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null
    );
  }
}

/** Whether a server answers 200 there. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
