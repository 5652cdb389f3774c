import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { settingNames } from '../../src/config/settings.js';
import { freePort } from './postgres-server.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const POLL_MS = 25;

/** How a process ended: its exit code, or the signal that it died of. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How it is run, where that is what a test is about. */
export interface Run {
  /** The program and its arguments. */
  readonly command?: readonly [string, ...string[]];
  /** A file's descriptor; without it {@link ServiceProcess.stdout} has what was written. */
  readonly stdout?: number;
}

/** What `npm start` runs; the working directory is the project's. */
export const START = 'scripts/start.mjs';

const running = new Set<ServiceProcess>();

/** The service as `npm start` runs it, in a process of its own. */
export class ServiceProcess {
  stdout = '';
  stderr = '';
  readonly exited: Promise<Exit>;
  hasExited = false;

  private constructor(
    readonly url: string,
    private readonly child: ChildProcessByStdio<null, Readable | null, Readable>,
  ) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    running.add(this);
    this.exited = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        this.hasExited = true;
        running.delete(this);
        resolve({ code, signal });
      });
    });
  }

  /**
   * Starts it with these settings only, on a free port unless they name one. It is not ready yet.
   */
  static async spawn(
    settings: Record<string, string>,
    { command: [program, ...args] = [process.execPath, START], stdout }: Run = {},
  ): Promise<ServiceProcess> {
    const port = settings.PORT ?? String(await freePort());
    // Set though blank, so that neither this process's environment nor a developer's .env counts.
    const unset = Object.fromEntries(settingNames().map((name) => [name, '']));
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...unset, PORT: port, ...settings },
      stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
    }) as ChildProcessByStdio<null, Readable | null, Readable>;
    return new ServiceProcess(`http://127.0.0.1:${port}`, child);
  }

  /** Starts it and waits until it is ready. */
  static async start(settings: Record<string, string>, run?: Run): Promise<ServiceProcess> {
    const service = await ServiceProcess.spawn(settings, run);
    await service.ready();
    return service;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  ready(): Promise<void> {
    return this.until(() => this.isReady());
  }

  /** @throws when the process ends before the condition holds */
  async until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) {
      if (this.hasExited) throw new Error(`The service ended: ${this.stderr}${this.stdout}`);
      await sleep(POLL_MS);
    }
  }

  /** Asks it to stop. */
  stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<Exit> {
    return this.end(signal);
  }

  /** Ends it as a crash would. */
  kill(): Promise<Exit> {
    return this.end('SIGKILL');
  }

  private end(signal: NodeJS.Signals): Promise<Exit> {
    this.child.kill(signal);
    return this.exited;
  }

  private async isReady(): Promise<boolean> {
    if (this.child.stdout && !this.stdout.includes('answers at')) return false;
    try {
      return (await fetch(`${this.url}/health/ready`)).ok;
    } catch {
      return false;
    }
  }
}

/** Ends what a test, failed perhaps, has left running. */
export async function killServices(): Promise<void> {
  await Promise.all(Array.from(running, (service) => service.kill()));
}
