import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { VerificationSettings } from '../../../config/verification.settings.js';
import { describeFailure } from '../../sending/sending-failure.js';
import type { Channel } from '../channels.js';
import { CODE_SENDERS, type CodeMessage, type CodeSender } from './code-sender.js';

/** Takes codes to their channel's sender, now or behind the answer, within a time limit. */
@Injectable()
export class CodeDelivery implements OnApplicationShutdown {
  private readonly logger = new Logger(CodeDelivery.name);
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    @Inject(CODE_SENDERS) private readonly senders: readonly CodeSender[],
    private readonly settings: VerificationSettings,
  ) {}

  /** Channels on which codes can be sent. */
  get channels(): Channel[] {
    return this.senders.map(({ channel }) => channel);
  }

  /** Whether the channel's service can be used now. */
  async check(channel: Channel): Promise<boolean> {
    return this.attempt(channel, (sender) => sender.check());
  }

  /** @returns whether the channel's service took the message over */
  async send(channel: Channel, message: CodeMessage): Promise<boolean> {
    return this.attempt(channel, (sender) => sender.send(message));
  }

  /** Starts work after the current request's own; shutting down waits for it. */
  later(work: () => Promise<void>): void {
    const run = async (): Promise<void> => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      try {
        await work();
      } catch (error) {
        this.logger.error({ msg: 'delivering a verification code failed', err: error });
      }
    };
    const running = run().finally(() => this.underWay.delete(running));
    this.underWay.add(running);
  }

  /** After the last request is answered, and before the database is closed. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /**
   * A failure is logged by the names that it has, and not by its message or stack: the SMS
   * client's messages hold the URL with the code in it.
   */
  private async attempt(
    channel: Channel,
    work: (sender: CodeSender) => Promise<void>,
  ): Promise<boolean> {
    const sender = this.senders.find((one) => one.channel === channel);
    if (!sender) return false;
    try {
      await sender.prepare();
      await this.limited(work(sender));
      return true;
    } catch (error) {
      this.logger.error({ msg: 'a code sender failed', channel, ...describeFailure(error) });
      return false;
    }
  }

  /** A service that answers a byte now and then never runs into an idle limit. */
  private async limited(work: Promise<void>): Promise<void> {
    const over = new AbortController();
    const deadline = sleep(this.settings.sendTimeoutMs * 2, undefined, { signal: over.signal });
    try {
      await Promise.race([
        work,
        deadline.then(() => {
          throw Object.assign(new Error(), { name: 'DeadlineError' });
        }),
      ]);
    } finally {
      over.abort();
    }
  }
}
