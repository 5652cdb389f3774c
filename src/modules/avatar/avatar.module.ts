import { Module } from '@nestjs/common';
import { DatabaseSettings } from '../../config/database.settings.js';
import { S3Settings } from '../../config/s3.settings.js';
import { PersonalModule } from '../personal/personal.module.js';
import { AvatarCleanUpService } from './avatar-clean-up.service.js';
import { AvatarController } from './avatar.controller.js';
import { AvatarRepository } from './avatar.repository.js';
import { AvatarService } from './avatar.service.js';
import { PictureRemoval } from './picture-removal.js';
import { PictureSweepService } from './picture-sweep.service.js';
import { PictureUses } from './picture-uses.js';
import { PictureEncoder } from './picture-encoder.js';
import { UserPictures } from './user-pictures.js';
import { AVATAR_STORAGE } from './storage/avatar-storage.js';
import { configuredAvatarStorage } from './storage/configured-avatar-storage.js';

/** Avatars: personal/useravatarupload, the stored pictures, and their removal when unused. */
@Module({
  imports: [PersonalModule],
  controllers: [AvatarController],
  providers: [
    AvatarService,
    AvatarCleanUpService,
    AvatarRepository,
    PictureEncoder,
    PictureRemoval,
    PictureSweepService,
    PictureUses,
    UserPictures,
    {
      provide: AVATAR_STORAGE,
      inject: [S3Settings, DatabaseSettings],
      useFactory: configuredAvatarStorage,
    },
  ],
  exports: [
    AVATAR_STORAGE,
    AvatarRepository,
    PictureEncoder,
    PictureRemoval,
    PictureUses,
    UserPictures,
  ],
})
export class AvatarModule {}
