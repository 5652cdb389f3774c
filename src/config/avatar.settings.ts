import { IsInt, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

/** How many pictures a user may upload, how long an unused one is kept, what decoding may take. */
export class AvatarSettings {
  /** Pictures of a user in an hour that are decoded, whatever becomes of them. */
  @FromEnv('AVATAR_UPLOADS_PER_HOUR', 'a number from 1 to 1000', parseInteger)
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly uploadsPerHour: number = 5;

  /** Hours after its upload at which a picture that nothing uses is removed; more than the one that is counted. */
  @FromEnv('AVATAR_UNUSED_HOURS', 'hours from 2 to 8760', parseInteger)
  @IsInt()
  @Min(2)
  @Max(8760)
  readonly unusedHours: number = 24;

  /** Pictures decoded at once; each may take 350 MB. */
  @FromEnv('AVATAR_DECODERS', 'a number from 1 to 64', parseInteger)
  @IsInt()
  @Min(1)
  @Max(64)
  readonly decoders: number = 2;

  /** Seconds that one picture may take to decode and encode. */
  @FromEnv('AVATAR_DECODE_SECONDS', 'seconds from 1 to 60', parseInteger)
  @IsInt()
  @Min(1)
  @Max(60)
  readonly decodeSeconds: number = 10;
}
