import type { OnApplicationShutdown } from '@nestjs/common';
import type { S3Client } from '@aws-sdk/client-s3';
import type { S3Bucket } from '../../../config/s3.settings.js';
import {
  type AvatarStorage,
  PICTURE_FOLDERS,
  type StoredFile,
  StorageUnavailableException,
} from './avatar-storage.js';

const CONNECT_TIMEOUT_MS = 2_000;
const TIMEOUT_MS = 8_000;
const ATTEMPTS = 2;

/** A picture never changes under its name; only those below `/static/` are for everyone. */
const cacheControlOf = (path: string): string =>
  path.startsWith('/static/') ? 'public, max-age=31536000, immutable' : 'private, no-store';

type Sdk = typeof import('@aws-sdk/client-s3');

/** Keeps pictures in a bucket of an S3-compatible store: each under its path without the first slash. */
export class S3AvatarStorage implements AvatarStorage, OnApplicationShutdown {
  private connection?: Promise<{ sdk: Sdk; client: S3Client }>;

  constructor(private readonly settings: S3Bucket) {}

  async put(path: string, bytes: Buffer, contentType: string): Promise<void> {
    await this.attempt(({ sdk, client }, abortSignal) =>
      client.send(
        new sdk.PutObjectCommand({
          ...this.object(path),
          Body: bytes,
          ContentType: contentType,
          CacheControl: cacheControlOf(path),
        }),
        { abortSignal },
      ),
    );
  }

  async delete(path: string): Promise<void> {
    await this.attempt(({ sdk, client }, abortSignal) =>
      client.send(new sdk.DeleteObjectCommand(this.object(path)), { abortSignal }),
    );
  }

  async read(path: string): Promise<Buffer | undefined> {
    return this.attempt(async ({ sdk, client }, abortSignal) => {
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand(this.object(path)), {
          abortSignal,
        });
        return Body && Buffer.from(await Body.transformToByteArray());
      } catch (error) {
        if (error instanceof sdk.NoSuchKey) return undefined;
        throw error;
      }
    });
  }

  async *pages(): AsyncGenerator<StoredFile[]> {
    for (const folder of PICTURE_FOLDERS) {
      let token: string | undefined;
      do {
        const page = await this.attempt(({ sdk, client }, abortSignal) =>
          client.send(
            new sdk.ListObjectsV2Command({
              Bucket: this.settings.bucket,
              Prefix: folder.slice(1),
              ...(token !== undefined && { ContinuationToken: token }),
            }),
            { abortSignal },
          ),
        );
        yield (page.Contents ?? []).flatMap(({ Key, LastModified }) =>
          Key !== undefined && LastModified ? [{ path: `/${Key}`, modified: LastModified }] : [],
        );
        token = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
    }
  }

  publicUrl(path: string): string | undefined {
    const { publicUrl } = this.settings;
    return publicUrl === undefined ? undefined : publicUrl + path;
  }

  /** Not before the last request is answered. */
  async onApplicationShutdown(): Promise<void> {
    if (this.connection) (await this.connection).client.destroy();
  }

  private object(path: string): { Bucket: string; Key: string } {
    return { Bucket: this.settings.bucket, Key: path.slice(1) };
  }

  private async attempt<Result>(
    work: (connection: { sdk: Sdk; client: S3Client }, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    this.connection ??= this.connect();
    const connection = await this.connection;
    try {
      return await work(connection, AbortSignal.timeout(TIMEOUT_MS));
    } catch (error) {
      throw new StorageUnavailableException(error);
    }
  }

  /** The client takes longer to load than the rest of the service, so it waits for its first use. */
  private async connect(): Promise<{ sdk: Sdk; client: S3Client }> {
    const sdk = await import('@aws-sdk/client-s3');
    const { endpoint, region, accessKeyId, secretAccessKey, forcePathStyle } = this.settings;
    const client = new sdk.S3Client({
      ...(endpoint !== undefined && { endpoint }),
      region,
      credentials: { accessKeyId, secretAccessKey },
      forcePathStyle,
      maxAttempts: ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
      // Stores other than Amazon's do not all know the newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    return { sdk, client };
  }
}
