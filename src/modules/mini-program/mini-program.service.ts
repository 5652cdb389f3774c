import { Injectable } from '@nestjs/common';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { Origin } from '../../protocol/request/origin.js';
import { PlatformSignIn } from '../account/platform-sign-in.service.js';
import { type LoggedIn, SignInService } from '../account/sign-in.service.js';
import type { MiniProgramType } from '../platform-identity/mini-program-type.js';
import { PlatformLinks } from '../platform-identity/platform-links.service.js';
import { deadTicket, PlatformTickets } from '../platform-identity/platform-tickets.service.js';
import { newProfile } from './claimed-profile.js';
import type { AppMiniUserAuthDto, AppMiniUserInfoDto } from './dto/mini-program.dto.js';
import { miniProgramFailures } from './mini-program.messages.js';
import { PlatformList } from './platform-list.service.js';

/** user/appminiuserauth's `data` for whoever has an account. */
export type SignedIn = LoggedIn & { readonly is_user_exist: 1 };

/** The same for whoever has none yet: the ticket under both names that the client reads. */
export type Unknown = { readonly is_user_exist: 0; readonly openid: string } & {
  readonly [Type in MiniProgramType as `${Type}_openid`]?: string;
};

/** Signs in the users of mini-programs. */
@Injectable()
export class MiniProgramService {
  constructor(
    private readonly platforms: PlatformList,
    private readonly signIns: PlatformSignIn,
    private readonly sessions: SignInService,
    private readonly tickets: PlatformTickets,
    private readonly links: PlatformLinks,
  ) {}

  /**
   * Signs in with a platform's login code. Whoever has no account gets one at once on WeChat, and elsewhere a
   * ticket for the client's form.
   *
   * @throws ProtocolException a client that is no mini-program, or whose platform is not configured; a code
   *   that is refused; banned or pending
   * @throws PlatformUnavailableException
   */
  async auth({ authcode }: AppMiniUserAuthDto, origin: Origin): Promise<SignedIn | Unknown> {
    const platform = this.platforms.of(origin.clientType);
    const { clientType, registersAtOnce } = platform;
    const exchanged = await platform.exchange(authcode);
    const proven = { clientType, systemType: origin.systemType, ...exchanged };
    const known = await this.signIns.signIn(proven, origin);
    if (known) return { ...known, is_user_exist: 1 };
    if (registersAtOnce) {
      const signUp = { profile: newProfile({}, clientType, origin.language), mobile: '' };
      return { ...(await this.signIns.signUp(proven, signUp, origin)), is_user_exist: 1 };
    }
    const ticket = await this.tickets.issue(proven);
    return { is_user_exist: 0, openid: ticket, [`${clientType}_openid`]: ticket };
  }

  /**
   * Signs in with a ticket, and registers whoever has no account, with the profile that the client hands on.
   *
   * @param user who is logged in; that account is answered to its own openid
   * @throws ProtocolException what is no live ticket; a profile that cannot be read; what a registration throws
   */
  async info(
    { openid, auth_data }: AppMiniUserInfoDto,
    origin: Origin,
    user: Identity | undefined,
  ): Promise<LoggedIn> {
    const platform = this.platforms.of(origin.clientType);
    const ticket = await this.tickets.look(openid, origin);
    if (!ticket) {
      if (user && (await this.links.isOwn(openid, origin, user))) {
        return this.sessions.show(user, origin);
      }
      throw deadTicket();
    }
    const claimed = platform.readProfile({
      authData: objectOf(auth_data),
      sessionKey: ticket.sessionKey,
      openid: ticket.openid,
    });
    const profile = newProfile(claimed, platform.clientType, origin.language);
    return this.signIns.signUp({ ticket: openid }, { profile, mobile: '' }, origin);
  }
}

/** @throws ProtocolException anything but a JSON object */
function objectOf(text: string): Readonly<Record<string, unknown>> {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProtocolException(miniProgramFailures.authDataFormat);
  }
  return value as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
