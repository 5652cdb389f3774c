import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UserAddressSettings } from '../../config/user-address.settings.js';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals identity-card numbers for the database: `v1.<key id>.<base64url of nonce, tag, ciphertext>`.
 * A sealed number opens for its user only, so that none can be moved to another user's row.
 */
@Injectable()
export class IdCardCipher {
  constructor(private readonly settings: UserAddressSettings) {}

  /** @returns empty for an empty number; undefined where there is no key to seal with */
  seal(number: string, userId: string): string | undefined {
    if (number === '') return '';
    const [key] = this.settings.idCardKeys;
    if (!key) return undefined;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(contextOf(userId));
    const text = Buffer.concat([cipher.update(number, 'utf8'), cipher.final()]);
    const sealed = Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    return `${VERSION}.${key.id}.${sealed}`;
  }

  /** @throws Error where its key is no longer among the settings, or it is not as it was sealed */
  open(sealed: string, userId: string): string {
    if (sealed === '') return '';
    const [version, keyId, body = ''] = sealed.split('.');
    const key = this.settings.idCardKeys.find(({ id }) => id === keyId);
    if (version !== VERSION || !key) {
      throw new Error(`ID_CARD_KEY lacks the key ${keyId}, which a stored number was sealed with`);
    }
    const bytes = Buffer.from(body, 'base64url');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, key.bytes, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(contextOf(userId));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  }
}

const contextOf = (userId: string): Buffer => Buffer.from(`user-address:${userId}`);
