import { Injectable, UnauthorizedException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, Repository } from 'typeorm';
import { AvatarUrls } from '../shared/checks.mjs';
import { avatarNotYours } from '../shared/failures.mjs';
import { plainAddress } from '../shared/profile.mjs';
import { GENDER_LIST } from '../shared/view.mjs';
import type { AuthenticatedRequest } from './auth.guard.js';
import { type Change, User, UserAudit, UserAvatar, UserPlatform } from './entities.js';
import type { SaveProfileDto } from './save-profile.dto.js';
import { UserView } from './user-view.js';

const EDITABLE = [
  'nickname',
  'birthday',
  'province',
  'city',
  'county',
  'gender',
  'address',
  'avatar',
] as const;

type Editable = Partial<Pick<User, (typeof EDITABLE)[number]>>;

@Injectable()
export class PersonalService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly avatars: AvatarUrls,
    @InjectRepository(User) private readonly users: Repository<User>,
    @InjectRepository(UserPlatform) private readonly platforms: Repository<UserPlatform>,
  ) {}

  async index(request: AuthenticatedRequest): Promise<object> {
    const user = await this.users.findOne({ where: { id: request.session.user_id } });
    if (!user) throw new UnauthorizedException();
    return { data: await this.view(user, request), gender_list: GENDER_LIST };
  }

  async save(dto: SaveProfileDto, request: AuthenticatedRequest): Promise<UserView> {
    const user = await this.dataSource.transaction((manager) => this.update(manager, dto, request));
    return this.view(user, request);
  }

  private async update(
    manager: EntityManager,
    dto: SaveProfileDto,
    request: AuthenticatedRequest,
  ): Promise<User> {
    const { session, requestId } = request;
    const user = await manager.findOne(User, {
      where: { id: session.user_id },
      lock: { mode: 'pessimistic_write' },
    });
    if (!user) throw new UnauthorizedException();
    const given = await this.toColumns(manager, dto, user);
    const changes = differences(user, given);
    Object.assign(user, given, { upd_time: new Date() });
    await manager.save(user);
    if (Object.keys(changes).length > 0) {
      await manager.save(UserAudit, {
        user_id: user.id,
        action: 'profile.changed',
        changes,
        request_id: requestId,
        session_id: session.id,
        application_client_type: dto.application_client_type ?? 'pc',
        system_type: dto.system_type ?? 'default',
        client_address: plainAddress(request.ip ?? ''),
      });
    }
    return user;
  }

  private async toColumns(
    manager: EntityManager,
    { nickname, birthday, province, city, county, gender, address, avatar }: SaveProfileDto,
    user: User,
  ): Promise<Editable> {
    const path = this.avatars.toPath(avatar);
    if (path !== undefined && path !== '' && path !== user.avatar) {
      const owned = { path, user_id: user.id, is_stored: true };
      const picture = await manager.findOne(UserAvatar, { where: owned });
      if (!picture) throw avatarNotYours();
    }
    return {
      nickname,
      ...(birthday !== undefined && { birthday: birthday || null }),
      ...(province !== undefined && { province }),
      ...(city !== undefined && { city }),
      ...(county !== undefined && { county }),
      ...(gender !== undefined && { gender: Number(gender) }),
      ...(address !== undefined && { address }),
      ...(path !== undefined && { avatar: path }),
    };
  }

  private async view(user: User, { session, token }: AuthenticatedRequest): Promise<UserView> {
    const platform = await this.platforms.findOne({
      where: {
        user: { id: user.id },
        system_type: session.system_type,
        platform: session.application_client_type,
      },
    });
    return new UserView(user, platform, session, token, this.avatars);
  }
}

function differences(user: User, given: Editable): Record<string, Change> {
  return Object.fromEntries(
    EDITABLE.filter((name) => name in given && given[name] !== user[name]).map((name) => [
      name,
      { old: user[name], new: given[name] },
    ]),
  );
}
