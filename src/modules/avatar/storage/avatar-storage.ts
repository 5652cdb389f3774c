import { ServiceUnavailableException } from '@nestjs/common';

/**
 * Where pictures are kept, by their path (`newAvatarPath`). They are at most 512 pixels wide and so
 * small enough to be handed over whole.
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
