import { IsIn, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { FromEnv } from './env.js';
import { isHttpUrl, withoutSlash } from './url.js';

/** Whether any variable of this class is set. */
const isTouched = (settings: object): boolean =>
  Object.values(settings).some((value) => value !== undefined);

/** A variable that must be set as soon as any of the others is. */
const RequiredTogether = (): PropertyDecorator => ValidateIf(isTouched);

/** What the adapter of an S3-compatible store needs. */
export interface S3Bucket {
  /** Absent for Amazon's own. */
  readonly endpoint?: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly forcePathStyle: boolean;
  /** Where the bucket's objects are public, without a trailing slash. */
  readonly publicUrl?: string;
}

/** The S3-compatible store for uploaded pictures. With none of these set, they lie in DATA_DIR. */
export class S3Settings {
  @FromEnv('S3_ENDPOINT', 'an http or https URL', withoutSlash)
  @ValidateBy({ name: 'endpoint', validator: { validate: isHttpUrl } })
  private readonly endpoint?: string;

  @FromEnv('S3_REGION', 'a region such as us-east-1, set together with the other S3_ variables')
  @RequiredTogether()
  @Matches(/^[a-z0-9-]+$/)
  private readonly region?: string;

  @FromEnv('S3_BUCKET', "a bucket's name, set together with the other S3_ variables")
  @RequiredTogether()
  @Matches(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
  private readonly bucket?: string;

  // The two keys have no other rule than to be there: a wrong value would be repeated in the error.
  @FromEnv('S3_ACCESS_KEY_ID', 'set together with the other S3_ variables')
  @RequiredTogether()
  @Matches(/^/)
  private readonly accessKeyId?: string;

  @FromEnv('S3_SECRET_ACCESS_KEY', 'set together with the other S3_ variables')
  @RequiredTogether()
  @Matches(/^/)
  private readonly secretAccessKey?: string;

  @FromEnv('S3_FORCE_PATH_STYLE', 'true or false')
  @ValidateIf((settings: S3Settings) => settings.forcePathStyle !== undefined)
  @IsIn(['true', 'false'])
  private readonly forcePathStyle?: string;

  @FromEnv('S3_PUBLIC_URL', 'an http or https URL without user, query and fragment', withoutSlash)
  @ValidateBy({ name: 'publicUrl', validator: { validate: isHttpUrl } })
  private readonly publicUrl?: string;

  /** The configured bucket; undefined where there is none. */
  get store(): S3Bucket | undefined {
    const { region, bucket, accessKeyId, secretAccessKey } = this;
    if (!region || !bucket || !accessKeyId || !secretAccessKey) return undefined;
    return {
      endpoint: this.endpoint,
      region,
      bucket,
      accessKeyId,
      secretAccessKey,
      forcePathStyle: this.forcePathStyle === 'true',
      publicUrl: this.publicUrl,
    };
  }
}
