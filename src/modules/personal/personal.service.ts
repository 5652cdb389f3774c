import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import { DomainEvents } from '../../events/domain-events.js';
import type { Language } from '../../envelope/message-catalogue.js';
import type { Audience, Origin } from '../../protocol/request/origin.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { AvatarUrls } from './avatar-urls.js';
import type { SavePersonalDto } from './dto/save-personal.dto.js';
import { Gender } from './entities/user.entity.js';
import { ProfileSavedEvent } from './personal.events.js';
import { personalFailures } from './personal.messages.js';
import { PROVEN_MOBILES, type ProvenMobiles } from './proven-mobiles.js';
import { type Profile, UserRepository } from './user.repository.js';
import { genderName, toUserView, type UserView } from './user.view.js';

/** An entry of personal/index's `gender_list`. */
export interface GenderChoice {
  readonly id: number;
  readonly name: string;
  /** On the first entry only, whatever the user's own gender, as ShopXO does. */
  readonly checked?: true;
}

/** personal/index's `data`. */
export interface PersonalIndex {
  readonly data: UserView;
  readonly gender_list: readonly GenderChoice[];
}

const genderChoices = (language: Language): GenderChoice[] =>
  Object.values(Gender).map((id) => {
    const choice = { id, name: genderName(id, language) };
    return id === Gender.undisclosed ? { ...choice, checked: true } : choice;
  });

/** The user's own profile. */
@Injectable()
export class PersonalService {
  constructor(
    private readonly database: Transactions,
    private readonly users: UserRepository,
    @Inject(PROVEN_MOBILES) private readonly mobiles: ProvenMobiles,
    private readonly avatars: AvatarUrls,
    private readonly events: DomainEvents,
  ) {}

  /** @throws ProtocolException not logged in, where the account ended since the token was resolved */
  async index(identity: Identity, audience: Audience): Promise<PersonalIndex> {
    return {
      data: await this.show(identity, audience),
      gender_list: genderChoices(audience.language),
    };
  }

  /**
   * The user object of who asks.
   *
   * @throws ProtocolException not logged in, where the account ended since the token was resolved
   */
  async show(identity: Identity, audience: Audience): Promise<UserView> {
    const profile = await this.users.findLive(identity);
    if (!profile) throw new ProtocolException(protocolFailures.notLoggedIn);
    return this.view(profile, identity, audience);
  }

  /**
   * Saves the given parameters, all or none.
   *
   * @throws ProtocolException an avatar that is not the user's own; a mobile number that is proven but
   *   cannot be bound; or not logged in, where the account ended since the token was resolved
   */
  async save(
    identity: Identity,
    { mobile = '', ...dto }: SavePersonalDto,
    origin: Origin,
  ): Promise<UserView> {
    if (mobile === '') return this.saveProfile(identity, dto, origin);
    return this.database.transaction(async () => {
      await this.mobiles.bindIfProven(identity, mobile, origin);
      return this.saveProfile(identity, dto, origin);
    });
  }

  private async saveProfile(
    identity: Identity,
    dto: Omit<SavePersonalDto, 'mobile'>,
    origin: Origin,
  ): Promise<UserView> {
    const avatar = dto.avatar === undefined ? undefined : this.avatars.toPath(dto.avatar);
    if (dto.avatar !== undefined && avatar === undefined) {
      throw new ProtocolException(personalFailures.avatarNotYours);
    }
    const saved = await this.users.save(identity, Object.assign({}, dto, { avatar }), origin);
    if (!saved) throw await this.refusal(identity, avatar);
    const { profile, difference } = saved;
    this.events.publish(new ProfileSavedEvent({ userId: profile.id, changes: difference }));
    return this.view(profile, identity, origin);
  }

  private view(profile: Profile, identity: Identity, audience: Audience): UserView {
    return toUserView(profile, identity, audience, this.avatars);
  }

  /** Why a save changed no row. */
  private async refusal(identity: Identity, avatar?: string): Promise<ProtocolException> {
    const avatarIsWrong = Boolean(avatar) && (await this.users.findLive(identity)) !== undefined;
    return new ProtocolException(
      avatarIsWrong ? personalFailures.avatarNotYours : protocolFailures.notLoggedIn,
    );
  }
}
