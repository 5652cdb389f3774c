import { ServiceUnavailableException } from '@nestjs/common';

/** A file in the storage. */
export interface StoredFile {
  readonly path: string;
  readonly modified: Date;
}

/** The folders of the storage that are this service's alone. */
export const PICTURE_FOLDERS = ['/static/upload/images/user_avatar/', '/private/id_card/'] as const;

/**
 * Where pictures are kept, by their path (avatar-path.ts). They are encoded here and so small enough
 * to be handed over whole.
 */
export interface AvatarStorage {
  /**
   * Stores a picture durably, whole or not at all.
   *
   * @throws StorageUnavailableException where it may not be stored
   */
  put(path: string, bytes: Buffer, contentType: string): Promise<void>;

  /**
   * Removes a picture; one that is not there is no error.
   *
   * @throws StorageUnavailableException where it may still be there
   */
  delete(path: string): Promise<void>;

  /**
   * @returns undefined where there is no such picture
   * @throws StorageUnavailableException where that cannot be told
   */
  read(path: string): Promise<Buffer | undefined>;

  /**
   * All files that lie where pictures do, a page at a time, parts of broken-off uploads among them.
   *
   * @throws StorageUnavailableException where that cannot be told
   */
  pages(): AsyncIterable<readonly StoredFile[]>;

  /** The URL under which the store itself serves a picture to everyone; undefined where it does not. */
  publicUrl(path: string): string | undefined;
}

/** The injection token of the configured storage. */
export const AVATAR_STORAGE = Symbol('AVATAR_STORAGE');

/** The storage does not take or give a picture now. */
export class StorageUnavailableException extends ServiceUnavailableException {
  override readonly name = 'StorageUnavailableException';

  constructor(cause: unknown) {
    super('The storage does not answer', { cause });
  }
}
