import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import type { Origin } from '../../protocol/request/origin.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import { epochSeconds } from '../../protocol/views/time.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { SessionService } from '../session/session.service.js';
import { accountFailures } from './account.messages.js';
import { CodeService } from './code.service.js';
import { CredentialsRepository } from './credentials.repository.js';
import { OTHERS, type RevokeSessionDto } from './dto/user.dto.js';

/** A session as its owner sees it; never its token. */
export interface SessionView {
  readonly id: string;
  readonly application_client_type: string;
  /** Epoch seconds. */
  readonly add_time: string;
  /** Epoch seconds of the last use, to the hour. */
  readonly last_time: string;
  /** Whether it is the one that asks. */
  readonly is_current: boolean;
}

/** Lists and ends the caller's sessions. */
@Injectable()
export class SessionListService {
  constructor(
    private readonly database: Transactions,
    private readonly credentials: CredentialsRepository,
    private readonly codes: CodeService,
    private readonly sessions: SessionService,
  ) {}

  async list({ userId, sessionId }: Identity): Promise<SessionView[]> {
    const sessions = await this.sessions.list(userId);
    return sessions.map((session) => ({
      id: session.id,
      application_client_type: session.application_client_type,
      add_time: epochSeconds(session.add_time),
      last_time: epochSeconds(session.last_time),
      is_current: session.id === sessionId,
    }));
  }

  /** @throws ProtocolException no such session, or another account's */
  async revoke(identity: Identity, { id }: RevokeSessionDto, origin: Origin): Promise<void> {
    if (id === OTHERS) {
      await this.revokeOthers(identity, origin);
    } else if (!(await this.sessions.revokeOne(identity.userId, id, origin))) {
      throw new ProtocolException(accountFailures.sessionUnknown);
    }
  }

  /**
   * Ends the other sessions and every code of the account. The account is locked in a statement of its own,
   * so that the next one sees the session of a login that was committed while this waited.
   */
  private async revokeOthers(identity: Identity, origin: Origin): Promise<void> {
    await this.database.transaction(async () => {
      const account = await this.credentials.lockById(identity.userId);
      if (!account) throw new ProtocolException(protocolFailures.notLoggedIn);
      await this.sessions.revokeOthers(identity, 'session.others_revoked', origin);
      await this.codes.endAll(account);
    });
  }

  /** Ends the caller's session. */
  async logOut(identity: Identity, origin: Origin): Promise<void> {
    await this.sessions.close(identity, origin);
  }
}
