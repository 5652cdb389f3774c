import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DatabaseSettings } from '../../config/database.settings.js';
import { RuntimeSettings } from '../../config/runtime.settings.js';
import { SessionService } from '../session/session.service.js';
import { DEMONSTRATION } from './demonstration.account.js';
import { DemonstrationRepository } from './demonstration.repository.js';

/**
 * Keeps the demonstration account and its published token where they belong: in the embedded
 * database of a development machine, and nowhere else.
 */
@Injectable()
export class DemonstrationService implements OnApplicationBootstrap {
  constructor(
    private readonly repository: DemonstrationRepository,
    private readonly sessions: SessionService,
    private readonly database: DatabaseSettings,
    private readonly runtime: RuntimeSettings,
  ) {}

  /** Whether this process has the demonstration account. */
  get enabled(): boolean {
    return this.database.embedded && this.runtime.nodeEnv === 'development';
  }

  /** Runs before the first request is accepted. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.enabled) await this.add();
    else await this.remove();
  }

  private async add(): Promise<void> {
    await this.repository.insert();
    await this.sessions.adopt(DEMONSTRATION.token, {
      userId: DEMONSTRATION.id,
      systemType: 'default',
      clientType: 'pc',
    });
  }

  /** The files of a development database may have been taken along to another mode. */
  private async remove(): Promise<void> {
    await this.sessions.revoke(DEMONSTRATION.token);
    if (this.database.embedded) await this.repository.delete();
  }
}
