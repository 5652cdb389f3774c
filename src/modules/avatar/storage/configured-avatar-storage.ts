import type { DatabaseSettings } from '../../../config/database.settings.js';
import type { S3Settings } from '../../../config/s3.settings.js';
import type { AvatarStorage } from './avatar-storage.js';
import { LocalAvatarStorage } from './local.avatar-storage.js';
import { S3AvatarStorage } from './s3.avatar-storage.js';

/** The storage that the settings ask for. */
export const configuredAvatarStorage = (
  { store }: S3Settings,
  { dataDir }: DatabaseSettings,
): AvatarStorage => (store ? new S3AvatarStorage(store) : new LocalAvatarStorage(dataDir));
