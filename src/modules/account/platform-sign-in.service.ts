import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { Origin } from '../../protocol/request/origin.js';
import type { PlatformIdentity, ProvenIdentity } from '../platform-identity/platform-identity.js';
import { PlatformIdentityRepository } from '../platform-identity/platform-identity.repository.js';
import { PlatformLinks } from '../platform-identity/platform-links.service.js';
import { PlatformTickets } from '../platform-identity/platform-tickets.service.js';
import { accountFailures } from './account.messages.js';
import { CredentialsRepository, type Credentials } from './credentials.repository.js';
import type { NewProfile } from './new-profile.js';
import { ProvenMobileService } from './proven-mobile.service.js';
import { RegistrationLimit } from './registration-limit.service.js';
import { type LoggedIn, SignInService } from './sign-in.service.js';

/** What proves an identity: what the platform has just told, or the ticket for what it told before. */
export type PlatformProof = ProvenIdentity | { readonly ticket: string };

/** A new account's profile, and a number that the platform has verified; empty for none. */
export interface SignUp {
  readonly profile: NewProfile;
  readonly mobile: string;
}

/** Signs in and registers by the identities of platforms. */
@Injectable()
export class PlatformSignIn {
  constructor(
    private readonly database: Transactions,
    private readonly identities: PlatformIdentityRepository,
    private readonly links: PlatformLinks,
    private readonly tickets: PlatformTickets,
    private readonly credentials: CredentialsRepository,
    private readonly mobiles: ProvenMobileService,
    private readonly signIns: SignInService,
    private readonly registrations: RegistrationLimit,
  ) {}

  /**
   * Signs in to the account that a platform has just told.
   *
   * @returns undefined where no account has the identity
   * @throws ProtocolException banned or pending
   */
  async signIn(proven: ProvenIdentity, origin: Origin): Promise<LoggedIn | undefined> {
    const session = await this.database.transaction(async () => {
      await this.identities.hold(proven);
      const owner = await this.ownerOf(proven);
      return owner && this.open(owner, proven, origin);
    });
    return session && this.signIns.show(session, origin);
  }

  /**
   * Signs in to the account of an identity, or else to a new one, with the verified number. A ticket is spent.
   * Of two at the same time, one makes the account and the other finds it.
   *
   * A number opens no account that is there: it came through the client, encrypted but not signed. Its owner
   * signs in by password or code, and links the identity then.
   *
   * @throws ProtocolException a ticket that is not live; too many registrations; a number that cannot be
   *   bound; banned or pending
   */
  async signUp(
    proof: PlatformProof,
    { profile, mobile }: SignUp,
    origin: Origin,
  ): Promise<LoggedIn> {
    await this.registrations.count(origin.address);
    const session = await this.database.transaction(async () => {
      const proven = 'ticket' in proof ? await this.tickets.spend(proof.ticket, origin) : proof;
      await this.identities.hold(proven);
      const owner = await this.ownerOf(proven);
      if (owner && mobile !== '') await this.mobiles.bind(owner, mobile, origin);
      return owner
        ? this.open(owner, proven, origin)
        : this.register(proven, { profile, mobile }, origin);
    });
    return this.signIns.show(session, origin);
  }

  private async ownerOf(identity: PlatformIdentity): Promise<Credentials | undefined> {
    const owner = await this.identities.find(identity);
    return owner && this.credentials.lockById(owner.userId);
  }

  private async open(
    account: Credentials,
    proven: ProvenIdentity,
    origin: Origin,
  ): Promise<Identity> {
    const session = await this.signIns.open(account, origin);
    await this.links.link(proven, session, origin);
    return session;
  }

  private async register(
    proven: ProvenIdentity,
    { profile, mobile }: SignUp,
    origin: Origin,
  ): Promise<Identity> {
    const taken = { taken: accountFailures.mobileTaken, field: 'mobile' };
    const session = await this.signIns.register({ ...profile, mobile }, '', taken, origin);
    await this.links.link(proven, session, origin);
    return session;
  }
}
