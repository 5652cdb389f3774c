import { Injectable } from '@nestjs/common';
import type { Origin } from '../../protocol/origin.js';
import { ProtocolException } from '../../protocol/protocol.exception.js';
import { protocolFailures } from '../../protocol/protocol.failures.js';
import type { Identity } from '../../protocol/token-resolver.js';
import { PersonalService } from '../personal/personal.service.js';
import { accountFailures } from './account.failures.js';
import { AccountRepository } from './account.repository.js';
import type { LoggedIn } from './account.service.js';
import { CodeService } from './code.service.js';
import { type Contact, readContact } from './contact.js';
import type {
  BindEmailDto,
  BindMobileDto,
  EmailContactDto,
  MobileContactDto,
} from './dto/bind-contact.dto.js';

const TAKEN = { sms: accountFailures.mobileTaken, email: accountFailures.emailTaken } as const;

const FIELDS = { sms: 'mobile', email: 'email' } as const;

/** Binds a mobile number or an email address to who asks. */
@Injectable()
export class BindingService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly codes: CodeService,
    private readonly personal: PersonalService,
  ) {}

  async sendToMobile({ mobile }: MobileContactDto, origin: Origin): Promise<''> {
    return this.codes.sendForBinding(readContact('sms', mobile, 'mobile'), origin);
  }

  async sendToEmail({ email }: EmailContactDto, origin: Origin): Promise<''> {
    return this.codes.sendForBinding(readContact('email', email, 'email'), origin);
  }

  async bindMobile(identity: Identity, dto: BindMobileDto, origin: Origin): Promise<LoggedIn> {
    return this.bind(identity, readContact('sms', dto.mobile, 'mobile'), dto.verify, origin);
  }

  async bindEmail(identity: Identity, dto: BindEmailDto, origin: Origin): Promise<LoggedIn> {
    return this.bind(identity, readContact('email', dto.email, 'email'), dto.verify, origin);
  }

  /**
   * @throws ProtocolException a code that is not accepted; another account's, to who has the right
   *   code only; not logged in, where the account ended meanwhile
   */
  private async bind(
    identity: Identity,
    contact: Contact,
    code: string,
    origin: Origin,
  ): Promise<LoggedIn> {
    await this.codes.accept('bind', contact, code, origin);
    switch (await this.accounts.bind(identity.userId, contact, origin)) {
      case 'taken':
        throw new ProtocolException(TAKEN[contact.channel], { field: FIELDS[contact.channel] });
      case 'not to be used':
        throw new ProtocolException(protocolFailures.notLoggedIn);
      case 'bound': {
        const view = await this.personal.show(identity, origin.language);
        return { ...view, is_mandatory_bind_mobile: 0 };
      }
    }
  }
}
