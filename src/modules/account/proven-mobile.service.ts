import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import { DomainEvents } from '../../events/domain-events.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { Origin } from '../../protocol/request/origin.js';
import type { ProvenMobiles } from '../personal/proven-mobiles.js';
import { MobileProofRepository } from '../platform-identity/mobile-proof.repository.js';
import { SessionService } from '../session/session.service.js';
import { accountChange } from './account-change.js';
import { ContactBoundEvent } from './account.events.js';
import { accountFailures } from './account.messages.js';
import { AccountRepository } from './account.repository.js';
import { CredentialsRepository, type Credentials } from './credentials.repository.js';

/** Binds mobile numbers that a platform has verified. */
@Injectable()
export class ProvenMobileService implements ProvenMobiles {
  constructor(
    private readonly database: Transactions,
    private readonly credentials: CredentialsRepository,
    private readonly accounts: AccountRepository,
    private readonly proofs: MobileProofRepository,
    private readonly sessions: SessionService,
    private readonly events: DomainEvents,
  ) {}

  async bindIfProven(identity: Identity, mobile: string, origin: Origin): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.proofs.take(identity.userId, mobile))) return;
      await this.bindToSession(identity, mobile, origin);
    });
  }

  /**
   * Binds a proven number to the account of a session.
   *
   * @throws ProtocolException as {@link bind}; or not logged in, where account or session ended meanwhile
   */
  async bindToSession(identity: Identity, mobile: string, origin: Origin): Promise<void> {
    await this.database.transaction(async () => {
      const account = await this.credentials.lockById(identity.userId);
      if (!account || !(await this.sessions.hold(identity))) {
        throw new ProtocolException(protocolFailures.notLoggedIn);
      }
      await this.bind(account, mobile, origin);
    });
  }

  /**
   * Binds a proven number to an account that is locked and has none. A bound number is not replaced: it
   * can reset the password, and a platform says nothing of who holds the account.
   *
   * @throws ProtocolException the account has another number, or another account has this one; or not
   *   logged in, where the account may not be used any more
   */
  async bind(account: Credentials, mobile: string, origin: Origin): Promise<void> {
    if (account.mobile === mobile) return;
    if (account.mobile !== '') throw new ProtocolException(accountFailures.otherMobileBound);
    switch (await this.accounts.bind(account.id, { channel: 'sms', account: mobile }, origin)) {
      case 'taken':
        throw new ProtocolException(accountFailures.mobileTaken, { field: 'mobile' });
      case 'not to be used':
        throw new ProtocolException(protocolFailures.notLoggedIn);
      case 'bound':
        await this.events.publish(
          new ContactBoundEvent({
            ...accountChange(account, origin),
            channel: 'sms',
            contact: mobile,
          }),
        );
    }
  }
}
