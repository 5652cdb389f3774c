import { Inject, Injectable } from '@nestjs/common';
import { AvatarSettings } from '../../config/avatar.settings.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures, tooManyRequests } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import {
  contentTypeOf,
  idCardName,
  idCardOf,
  newIdCardPath,
  type PictureExtension,
} from '../avatar/avatar-path.js';
import { AvatarRepository } from '../avatar/avatar.repository.js';
import { PictureEncoder } from '../avatar/picture-encoder.js';
import { PictureRemoval } from '../avatar/picture-removal.js';
import { AVATAR_STORAGE, type AvatarStorage } from '../avatar/storage/avatar-storage.js';
import { AvatarUrls } from '../personal/avatar-urls.js';
import { IdCardCipher } from './id-card-cipher.js';
import { ID_CARD_ACTION, type IdCardLink, IdCardLinks } from './id-card-links.js';
import { userAddressFailures, userAddressMessages as message } from './user-address.messages.js';

/** In the aspect that it has: a card must stay readable. */
const CARD = { square: false, side: 2_000 };

const SEALED_TYPE = 'application/octet-stream';

/** An opened picture. */
export interface IdCardPicture {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** Pictures of identity cards: sealed in the storage, and shown to their owner by signed links. */
@Injectable()
export class IdCardPicturesService {
  constructor(
    private readonly avatars: AvatarRepository,
    private readonly encoder: PictureEncoder,
    private readonly cipher: IdCardCipher,
    private readonly links: IdCardLinks,
    private readonly urls: AvatarUrls,
    private readonly removal: PictureRemoval,
    private readonly settings: AvatarSettings,
    @Inject(AVATAR_STORAGE) private readonly storage: AvatarStorage,
  ) {}

  /**
   * Stores a picture, sealed. An address shows it when it is saved with its link. Uploads are counted
   * as those of avatars are, and apart from them.
   *
   * @param file undefined where none was sent
   * @returns the link
   * @throws ProtocolException no file, a file that is no acceptable picture, a shop without a key;
   *   too many uploads; or not logged in, where the account ended since the token was resolved
   */
  async upload({ userId }: Identity, file: Buffer | undefined): Promise<string> {
    const keyId = this.keyId();
    if (!file) {
      throw new ProtocolException(protocolFailures.missing, {
        label: message('field.upfile'),
        field: 'upfile',
      });
    }
    const order = await this.encoder.inspect(file, 'upfile');
    const path = newIdCardPath(order.extension);
    const perHour = this.settings.uploadsPerHour;
    const outcome = await this.avatars.record(path, userId, perHour, keyId);
    if (outcome === 'account ended') throw new ProtocolException(protocolFailures.notLoggedIn);
    if (outcome !== 'recorded') throw tooManyRequests(outcome.secondsToWait);
    await this.store(path, await this.encoder.encode(order, CARD), userId);
    return this.links.toUrl(path);
  }

  /** @throws ProtocolException a link that is forged or too old, or whose picture is gone: 404 */
  async open(link: IdCardLink): Promise<IdCardPicture> {
    const picture = this.links.isValid(link) ? idCardOf(link.picture) : undefined;
    const userId = picture && (await this.avatars.ownerOfSealed(picture.path));
    const sealed = picture && userId !== undefined && (await this.storage.read(picture.path));
    if (!sealed) throw new ProtocolException(userAddressFailures.pictureGone);
    const { path, contentType } = picture;
    return { bytes: this.cipher.openPicture(sealed, userId, path), contentType };
  }

  /** @param path of a picture that an address shows; one that is not sealed yet has a public URL */
  toUrl(path: string): string {
    return idCardName(path) === undefined ? this.urls.toUrl(path) : this.links.toUrl(path);
  }

  /**
   * The path to store for a URL. One of a public picture of the user's leads to a sealed copy.
   *
   * @returns empty for `""`; undefined where the URL is of no picture of the user's
   * @throws ProtocolException a shop without a key
   */
  async toPath(url: string, userId: string): Promise<string | undefined> {
    if (url === '') return '';
    const path = this.urls.toPath(url);
    // The default avatar's URL stands for no path, and shows no card.
    if (path === undefined || path === '') return undefined;
    this.keyId();
    return path === ID_CARD_ACTION ? this.links.toPath(url) : this.seal(userId, path);
  }

  /** The path of a public picture; empty for any other URL. */
  publicPath(url: string): string {
    const path = this.urls.toPath(url) ?? '';
    return contentTypeOf(path) === undefined ? '' : path;
  }

  /**
   * Makes a sealed picture of a public one, which stays where it is. Asked again, it answers with the
   * same.
   *
   * @returns its path; undefined where the user has no such picture
   */
  async seal(userId: string, source: string): Promise<string | undefined> {
    const made = await this.avatars.sealedMadeOf(userId, source);
    if (made !== undefined) return made;
    const keyId = this.keyId();
    const isOwn = await this.avatars.isPublic(userId, source);
    const bytes = isOwn && contentTypeOf(source) ? await this.storage.read(source) : undefined;
    if (!bytes) return undefined;
    const path = newIdCardPath(source.slice(source.lastIndexOf('.') + 1) as PictureExtension);
    await this.avatars.recordMade(path, userId, keyId, source);
    await this.store(path, bytes, userId);
    return path;
  }

  /** Whether there is a key to seal with. */
  get canSeal(): boolean {
    return this.cipher.keyId !== undefined;
  }

  /**
   * Removes pictures that no address shows any more.
   *
   * @throws StorageUnavailableException where a file may still be there; it is out of use all the same
   */
  async remove(userId: string, paths: readonly string[]): Promise<void> {
    await this.removal.removeUnused(userId, paths);
  }

  /** Removes all of an account that has ended; as {@link remove}. */
  async removeAll(userId: string): Promise<void> {
    await this.removal.removeSealed(userId);
  }

  private async store(path: string, bytes: Buffer, userId: string): Promise<void> {
    await this.storage.put(path, this.cipher.sealPicture(bytes, userId, path), SEALED_TYPE);
    await this.avatars.markStored(path);
  }

  private keyId(): string {
    const { keyId } = this.cipher;
    if (keyId === undefined) throw new ProtocolException(userAddressFailures.picturesClosed);
    return keyId;
  }
}
