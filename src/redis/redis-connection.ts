import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';

/** Milliseconds between tries to reach a Redis that is away. */
const RETRY_INTERVAL_MS = 1_000;

/** Milliseconds for a connection to end by itself before it is cut. */
const DISCONNECT_TIMEOUT_MS = 100;

/** What tells a Redis that takes writes from one that only answers. */
const PROBE_KEY = 'nest-shopxo:probe';

/**
 * The one connection to Redis, which everything that the instances share goes through. When a
 * command fails or is not answered in time, Redis is away: commands are not tried until it is reached
 * anew and takes a write. So an outage costs the requests of its first moment a timeout, and later
 * ones nothing. The log has one line when Redis goes away and one when it is back.
 *
 * `answers` and `fallbacks` are for metrics, to be read at any time.
 */
export class RedisConnection implements OnModuleInit, OnApplicationShutdown {
  /** For libraries that bring their own commands; to be used within `orElse`. */
  readonly client: Redis;
  private readonly logger = new Logger(RedisConnection.name);
  private up = true;
  private failed = 0;
  private lastError = new Error('the connection was closed');
  private probing: Promise<void> = Promise.resolve();

  /**
   * @param url `redis://` or `rediss://`
   * @param timeoutMs to connect, and for one command to be answered
   */
  constructor(url: string, timeoutMs: number) {
    this.client = new Redis(url, {
      lazyConnect: true,
      connectTimeout: timeoutMs,
      commandTimeout: timeoutMs,
      disconnectTimeout: DISCONNECT_TIMEOUT_MS,
      // Who waits for a connection waits for too long; who repeats a count counts twice.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: () => RETRY_INTERVAL_MS,
    });
    this.client.on('ready', () => {
      this.probing = this.probe();
    });
    this.client.on('error', (error: Error) => {
      this.lastError = error;
    });
    this.client.on('close', () => this.wentAway(this.lastError));
  }

  /** Whether Redis takes commands. */
  get answers(): boolean {
    return this.up;
  }

  /** How many commands something else stood in for since the start. */
  get fallbacks(): number {
    return this.failed;
  }

  /** Connects, so that the first request finds Redis; the service starts without it all the same. */
  async onModuleInit(): Promise<void> {
    try {
      await this.client.connect();
    } catch (error) {
      this.wentAway(error);
    }
    await this.probing;
  }

  onApplicationShutdown(): void {
    this.up = false;
    this.client.disconnect();
  }

  /**
   * Runs a command, or what stands in for it where Redis is away or fails.
   *
   * @param command may have been carried out although it failed, where Redis was slow
   */
  async orElse<Answer>(
    command: (redis: Redis) => Promise<Answer>,
    instead: () => Promise<Answer>,
  ): Promise<Answer> {
    if (this.up) {
      try {
        return await command(this.client);
      } catch (error) {
        // The next connection shows whether Redis is well again.
        if (this.wentAway(error)) this.client.disconnect(true);
      }
    }
    this.failed += 1;
    return instead();
  }

  private async probe(): Promise<void> {
    try {
      await this.client.set(PROBE_KEY, '', 'PX', RETRY_INTERVAL_MS);
    } catch (error) {
      this.wentAway(error);
      this.client.disconnect(true);
      return;
    }
    if (this.up) return;
    this.up = true;
    this.logger.warn('Redis is back');
  }

  /** @returns whether that is news */
  private wentAway(error: unknown): boolean {
    if (!this.up) return false;
    this.up = false;
    this.logger.warn({ msg: 'Redis is away', err: error });
    return true;
  }
}
