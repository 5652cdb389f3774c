import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DatabaseSettings } from '../../config/database.settings.js';
import { RuntimeSettings } from '../../config/runtime.settings.js';
import { SessionService } from '../session/session.service.js';
import { DEMONSTRATION } from './demonstration.account.js';
import { DemonstrationRepository } from './demonstration.repository.js';

/**
 * Keeps the demonstration account and its published token where they belong: in the embedded
 * database of a development machine, and nowhere else. The files of one may have been taken along to
 * another mode, so every start looks.
 */
@Injectable()
export class DemonstrationService implements OnApplicationBootstrap {
  /** Whether this process has the demonstration account. Known after the bootstrap. */
  available = false;

  private readonly logger = new Logger(DemonstrationService.name);

  constructor(
    private readonly repository: DemonstrationRepository,
    private readonly sessions: SessionService,
    private readonly database: DatabaseSettings,
    private readonly runtime: RuntimeSettings,
  ) {}

  /** Runs before the first request is accepted. */
  async onApplicationBootstrap(): Promise<void> {
    await this.sessions.revoke(DEMONSTRATION.token);
    if (this.database.embedded && this.runtime.nodeEnv === 'development') await this.add();
    else if (this.database.embedded) await this.repository.delete();
  }

  /** A session of its own for each start, so that the published token never expires. */
  private async add(): Promise<void> {
    this.available = await this.repository.ensure();
    if (!this.available) {
      this.logger.warn(
        'no demonstration account: its id or a name of it belongs to another account',
      );
      return;
    }
    await this.sessions.adopt(DEMONSTRATION.token, {
      userId: DEMONSTRATION.id,
      systemType: 'default',
      clientType: 'pc',
    });
  }
}
