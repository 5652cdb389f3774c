import type { Schema } from './database/data-source-options.js';
import { migrations } from './database/migrations/index.js';
import { UserAvatar } from './modules/personal/entities/user-avatar.entity.js';
import { UserPlatform } from './modules/personal/entities/user-platform.entity.js';
import { User } from './modules/personal/entities/user.entity.js';
import { RegionData } from './modules/region/entities/region-data.entity.js';
import { Region } from './modules/region/entities/region.entity.js';
import { UserSession } from './modules/session/entities/user-session.entity.js';

/** Every table's entity and every migration. A test proves that the two agree. */
export const schema: Schema = {
  entities: [User, UserPlatform, UserAvatar, UserSession, Region, RegionData],
  migrations,
};
