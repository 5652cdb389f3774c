import { Injectable } from '@nestjs/common';
import { DomainEvents } from '../../events/domain-events.js';
import type { Origin } from '../../protocol/request/origin.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { PlatformLinks } from '../platform-identity/platform-links.service.js';
import { normaliseAccount } from '../verification/account-format.js';
import { accountChange } from './account-change.js';
import { ContactBoundEvent } from './account.events.js';
import { accountFailures } from './account.messages.js';
import { AccountRepository } from './account.repository.js';
import { CodeService } from './code.service.js';
import type { RightCode } from '../verification/verification.service.js';
import { type Contact, readContact } from './contact.js';
import type { Credentials } from './credentials.repository.js';
import type {
  BindEmailDto,
  BindMobileDto,
  EmailContactDto,
  MobileContactDto,
} from './dto/code.dto.js';
import { givenPassword, OwnerProof } from './owner-proof.service.js';
import { type LoggedIn, SignInService } from './sign-in.service.js';

const TAKEN = { sms: accountFailures.mobileTaken, email: accountFailures.emailTaken } as const;

const FIELDS = { sms: 'mobile', email: 'email' } as const;

/** Binds a mobile number or an email address to the caller's account. */
@Injectable()
export class BindingService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly codes: CodeService,
    private readonly owners: OwnerProof,
    private readonly signIns: SignInService,
    private readonly links: PlatformLinks,
    private readonly events: DomainEvents,
  ) {}

  async sendToMobile(
    identity: Identity,
    { mobile }: MobileContactDto,
    origin: Origin,
  ): Promise<void> {
    return this.codes.sendForBinding(identity, readContact('sms', mobile, 'mobile'), origin);
  }

  async sendToEmail(identity: Identity, { email }: EmailContactDto, origin: Origin): Promise<void> {
    return this.codes.sendForBinding(identity, readContact('email', email, 'email'), origin);
  }

  async bindMobile(identity: Identity, dto: BindMobileDto, origin: Origin): Promise<LoggedIn> {
    return this.bind(identity, readContact('sms', dto.mobile, 'mobile'), dto, origin);
  }

  async bindEmail(identity: Identity, dto: BindEmailDto, origin: Origin): Promise<LoggedIn> {
    return this.bind(identity, readContact('email', dto.email, 'email'), dto, origin);
  }

  /**
   * Binds a contact. Replacing one needs the password or a recent sign-in: a bound contact can reset the
   * password, so a stolen token must not be enough.
   *
   * @throws ProtocolException a platform's ticket that is not live; the password missing or wrong, and no recent
   *   sign-in; a code that is not accepted; with the right
   *   code only: a contact of another account; not logged in, where account or session ended meanwhile
   */
  private async bind(
    identity: Identity,
    contact: Contact,
    { verify, pwd, ...given }: Proofs,
    origin: Origin,
  ): Promise<LoggedIn> {
    const ticket = await this.links.ticketOf(given, origin, identity);
    let checked: Promise<RightCode> | undefined;
    await this.owners.follow(identity, givenPassword('pwd', pwd), origin.address, {
      needsProof: (account) => isReplaced(account, contact),
      orSignIn: accountFailures.signInOrPassword,
      // Once, even if the proof is repeated because the account's hash was replaced meanwhile.
      prepare: () => (checked ??= this.codes.checkForBinding(identity, contact, verify, origin)),
      then: async (account, code) => {
        await this.codes.use(code);
        await this.write(account, contact, origin);
        await this.signIns.linkTicket(account, ticket, identity, origin);
      },
    });
    return this.signIns.show(identity, origin);
  }

  private async write(before: Credentials, contact: Contact, origin: Origin): Promise<void> {
    const { channel, account } = contact;
    switch (await this.accounts.bind(before.id, contact, origin)) {
      case 'taken':
        throw new ProtocolException(TAKEN[channel], { field: FIELDS[channel] });
      case 'not to be used':
        throw new ProtocolException(protocolFailures.notLoggedIn);
      case 'bound':
        await this.events.publish(
          new ContactBoundEvent({ ...accountChange(before, origin), channel, contact: account }),
        );
    }
  }
}

/** The parameters that prove the right to bind, and what a mini-program sends with them. */
type Proofs = Omit<BindMobileDto, 'mobile'>;

const isReplaced = (account: Credentials, contact: Contact): boolean => {
  const bound = normaliseAccount(account[FIELDS[contact.channel]]);
  return bound !== '' && bound !== contact.account;
};
