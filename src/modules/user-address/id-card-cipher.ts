import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type IdCardKey, UserAddressSettings } from '../../config/user-address.settings.js';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 4;

/**
 * Seals what is known of identity cards. A number in the database is
 * `v1.<key id>.<base64url of nonce, tag, ciphertext>`, a stored picture the bytes of key id, nonce,
 * tag and ciphertext. Both open for their user only, and a picture under its path only, so that none
 * can be put in another one's place.
 */
@Injectable()
export class IdCardCipher {
  constructor(private readonly settings: UserAddressSettings) {}

  /** The key that seals; undefined where there is none, and nothing can be sealed. */
  get keyId(): string | undefined {
    return this.settings.idCardKeys[0]?.id;
  }

  /** @returns empty for an empty number; undefined where there is no key to seal with */
  seal(number: string, userId: string): string | undefined {
    if (number === '') return '';
    const [key] = this.settings.idCardKeys;
    if (!key) return undefined;
    const sealed = encrypt(key, Buffer.from(number, 'utf8'), numberOf(userId));
    return `${VERSION}.${key.id}.${sealed.toString('base64url')}`;
  }

  /** @throws Error where its key is no longer among the settings, or it is not as it was sealed */
  open(sealed: string, userId: string): string {
    if (sealed === '') return '';
    const [version, keyId, body = ''] = sealed.split('.');
    if (version !== VERSION) throw new Error(`A stored number is of the unknown form ${version}`);
    const bytes = Buffer.from(body, 'base64url');
    return decrypt(this.key(keyId), bytes, numberOf(userId)).toString('utf8');
  }

  /** @throws Error where there is no key */
  sealPicture(bytes: Buffer, userId: string, path: string): Buffer {
    const key = this.key(this.keyId);
    const sealed = encrypt(key, bytes, pictureOf(userId, path));
    return Buffer.concat([Buffer.from(key.id, 'hex'), sealed]);
  }

  /** @throws Error where its key is no longer among the settings, or it is not as it was sealed */
  openPicture(sealed: Buffer, userId: string, path: string): Buffer {
    const key = this.key(sealed.toString('hex', 0, KEY_ID_BYTES));
    return decrypt(key, sealed.subarray(KEY_ID_BYTES), pictureOf(userId, path));
  }

  private key(keyId: string | undefined): IdCardKey {
    const key = this.settings.idCardKeys.find(({ id }) => id === keyId);
    if (!key) throw new Error(`ID_CARD_KEY lacks the key ${keyId}, which was sealed with`);
    return key;
  }
}

const numberOf = (userId: string): string => `user-address:${userId}`;
const pictureOf = (userId: string, path: string): string => `id-card-picture:${userId}:${path}`;

/** @returns nonce, tag and ciphertext */
function encrypt(key: IdCardKey, text: Buffer, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context));
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
}

function decrypt(key: IdCardKey, bytes: Buffer, context: string): Buffer {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([text, decipher.final()]);
}
