import type { MigrationInterface } from 'typeorm';
import { Users1763800000000 } from './1763800000000-users.js';
import { Attempts1763800100000 } from './1763800100000-attempts.js';
import { Verification1763800200000 } from './1763800200000-verification.js';
import { Regions1763800400000 } from './1763800400000-regions.js';
import { AccountSafety1763800500000 } from './1763800500000-account-safety.js';
import { StoredAvatars1763800600000 } from './1763800600000-stored-avatars.js';
import { UserAudit1763800700000 } from './1763800700000-user-audit.js';
import { UserAddress1763800800000 } from './1763800800000-user-address.js';
import { EventDelivery1763800900000 } from './1763800900000-event-delivery.js';
import { AccountNames1764100000000 } from './1764100000000-account-names.js';
import { CodeAskers1764200000000 } from './1764200000000-code-askers.js';
import { EventDeliveryIndexes1764400000000 } from './1764400000000-event-delivery-indexes.js';
import { IdCardPictures1764500000000 } from './1764500000000-id-card-pictures.js';
import { LimitedUses1795806000000 } from './1795806000000-limited-uses.js';
import { RegionCounties1795900000000 } from './1795900000000-region-counties.js';
import { PlatformIdentities1795910000000 } from './1795910000000-platform-identities.js';
import { SessionSignIns1795920000000 } from './1795920000000-session-sign-ins.js';
import { Messages1795930000000 } from './1795930000000-messages.js';
import { UserIntegralLog1795940000000 } from './1795940000000-user-integral-log.js';
import { Operators1795950000000 } from './1795950000000-operators.js';

/** Every migration, oldest first. One that has landed is never edited. */
export const migrations: (new () => MigrationInterface)[] = [
  Users1763800000000,
  Attempts1763800100000,
  Verification1763800200000,
  Regions1763800400000,
  AccountSafety1763800500000,
  StoredAvatars1763800600000,
  UserAudit1763800700000,
  UserAddress1763800800000,
  EventDelivery1763800900000,
  AccountNames1764100000000,
  CodeAskers1764200000000,
  EventDeliveryIndexes1764400000000,
  IdCardPictures1764500000000,
  LimitedUses1795806000000,
  RegionCounties1795900000000,
  PlatformIdentities1795910000000,
  SessionSignIns1795920000000,
  Messages1795930000000,
  UserIntegralLog1795940000000,
  Operators1795950000000,
];
