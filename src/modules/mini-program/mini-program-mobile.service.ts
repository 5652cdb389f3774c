import { Injectable } from '@nestjs/common';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { Origin } from '../../protocol/request/origin.js';
import { PlatformSignIn } from '../account/platform-sign-in.service.js';
import { ProvenMobileService } from '../account/proven-mobile.service.js';
import { type LoggedIn, SignInService } from '../account/sign-in.service.js';
import { MobileProofRepository } from '../platform-identity/mobile-proof.repository.js';
import { PlatformLinks } from '../platform-identity/platform-links.service.js';
import {
  deadTicket,
  type OpenTicket,
  PlatformTickets,
} from '../platform-identity/platform-tickets.service.js';
import { newProfile } from './claimed-profile.js';
import type {
  BindProvenMobileDto,
  MobileProofDto,
  UserBaseRegDto,
} from './dto/mini-program.dto.js';
import { miniProgramFailures } from './mini-program.messages.js';
import { PlatformList } from './platform-list.service.js';
import { required } from './required.js';

/** Whom a number is of: who is logged in, or who holds a ticket. */
type Subject = { readonly user: Identity } | { readonly ticket: OpenTicket };

/** What a client's form says of who holds a ticket. */
type TypedProfile = Pick<
  BindProvenMobileDto,
  'openid' | 'nickname' | 'gender' | 'province' | 'city'
>;

/** Takes the mobile numbers that platforms have verified of the users of their mini-programs. */
@Injectable()
export class MiniProgramMobileService {
  constructor(
    private readonly platforms: PlatformList,
    private readonly tickets: PlatformTickets,
    private readonly links: PlatformLinks,
    private readonly proofs: MobileProofRepository,
    private readonly mobiles: ProvenMobileService,
    private readonly signIns: PlatformSignIn,
    private readonly sessions: SignInService,
  ) {}

  /**
   * Answers a verified number, which may then be saved for ten minutes.
   *
   * @throws ProtocolException what is no live ticket; a claim that proves no number
   * @throws PlatformUnavailableException
   */
  async decrypt(dto: MobileProofDto, origin: Origin, user: Identity | undefined): Promise<string> {
    const { subject, mobile } = await this.verify(dto, origin, user);
    if ('user' in subject) await this.proofs.give(subject.user.userId, mobile);
    else await this.tickets.proveMobile(dto.openid, mobile, origin);
    return mobile;
  }

  /**
   * Binds a verified number to who is logged in. With a ticket: signs in to the account of the identity, or else
   * to a new one.
   *
   * @throws ProtocolException as {@link decrypt}; a number that cannot be bound; what a registration throws
   * @throws PlatformUnavailableException
   */
  async bind(
    dto: BindProvenMobileDto,
    origin: Origin,
    user: Identity | undefined,
  ): Promise<LoggedIn> {
    const { subject, mobile } = await this.verify(dto, origin, user);
    if ('ticket' in subject) return this.signUp(dto, mobile, subject.ticket, origin);
    await this.mobiles.bindToSession(subject.user, mobile, origin);
    return this.sessions.show(subject.user, origin);
  }

  /**
   * Registers with the client's form: the holder of a ticket gets an account with this nickname, and with the
   * number where it was verified. Who is logged in has an account already; it is answered, with the number.
   *
   * @throws ProtocolException what is no live ticket; a number that cannot be bound; what a registration throws
   */
  async register(
    dto: UserBaseRegDto,
    origin: Origin,
    user: Identity | undefined,
  ): Promise<LoggedIn> {
    this.platforms.of(origin.clientType);
    const subject = await this.subjectOf(dto.openid, origin, user);
    if ('ticket' in subject) {
      const { ticket } = subject;
      return this.signUp(dto, dto.mobile === ticket.mobile ? dto.mobile : '', ticket, origin);
    }
    if (dto.mobile !== '') await this.mobiles.bindIfProven(subject.user, dto.mobile, origin);
    return this.sessions.show(subject.user, origin);
  }

  private async verify(
    { openid, code, encrypted_data: data, iv }: MobileProofDto,
    origin: Origin,
    user: Identity | undefined,
  ): Promise<{ readonly subject: Subject; readonly mobile: string }> {
    const platform = this.platforms.of(origin.clientType);
    if (!platform.verifiedMobile) {
      const { clientType } = platform;
      throw new ProtocolException(miniProgramFailures.noMobile, { clientType });
    }
    const subject = await this.subjectOf(openid, origin, user);
    const sessionKey =
      'ticket' in subject
        ? subject.ticket.sessionKey
        : await this.tickets.sessionKeyOf(subject.user);
    const mobile = await platform.verifiedMobile({ code, encrypted: { data, iv }, sessionKey });
    return { subject, mobile };
  }

  private signUp(
    { openid, gender, nickname, province, city }: TypedProfile,
    mobile: string,
    { clientType }: OpenTicket,
    origin: Origin,
  ): Promise<LoggedIn> {
    const profile = newProfile(
      { nickname, gender: Number(gender), province, city },
      clientType,
      origin.language,
    );
    return this.signIns.signUp({ ticket: openid }, { profile, mobile }, origin);
  }

  /** @throws ProtocolException neither a live ticket, nor nothing or the own openid of who is logged in */
  private async subjectOf(
    openid: string,
    origin: Origin,
    user: Identity | undefined,
  ): Promise<Subject> {
    if (user && (openid === '' || (await this.links.isOwn(openid, origin, user)))) return { user };
    required(openid, 'openid');
    const ticket = await this.tickets.look(openid, origin);
    if (!ticket) throw deadTicket();
    return { ticket };
  }
}
