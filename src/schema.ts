import type { Schema } from './database/data-source-options.js';
import { migrations } from './database/migrations/index.js';
import { EventDelivery } from './events/entities/event-delivery.entity.js';
import { Message } from './modules/message/entities/message.entity.js';
import { UserIntegralLog } from './modules/user-integral/entities/user-integral-log.entity.js';
import { Attempt } from './protocol/limits/entities/attempt.entity.js';
import { LimitedUse } from './protocol/limits/entities/limited-use.entity.js';
import { KnownAddress } from './modules/account/entities/known-address.entity.js';
import { UserAudit } from './modules/audit/entities/user-audit.entity.js';
import { UserAvatar } from './modules/personal/entities/user-avatar.entity.js';
import { UserPlatform } from './modules/personal/entities/user-platform.entity.js';
import { User } from './modules/personal/entities/user.entity.js';
import { MobileProof } from './modules/platform-identity/entities/mobile-proof.entity.js';
import { PlatformSessionKey } from './modules/platform-identity/entities/platform-session-key.entity.js';
import { PlatformTicket } from './modules/platform-identity/entities/platform-ticket.entity.js';
import { RegionData } from './modules/region/entities/region-data.entity.js';
import { Region } from './modules/region/entities/region.entity.js';
import { UserSession } from './modules/session/entities/user-session.entity.js';
import { UserAddress } from './modules/user-address/entities/user-address.entity.js';
import { Captcha } from './modules/verification/entities/captcha.entity.js';
import { VerificationCode } from './modules/verification/entities/verification-code.entity.js';

/** Every table's entity and every migration. A test proves that the two agree. */
export const schema: Schema = {
  entities: [
    User,
    UserPlatform,
    UserAvatar,
    UserSession,
    UserAudit,
    KnownAddress,
    PlatformTicket,
    PlatformSessionKey,
    MobileProof,
    Attempt,
    VerificationCode,
    LimitedUse,
    Captcha,
    Region,
    RegionData,
    UserAddress,
    EventDelivery,
    Message,
    UserIntegralLog,
  ],
  migrations,
};
