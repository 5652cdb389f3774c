import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { HttpSettings } from '../../config/http.settings.js';
import { UserAddressSettings } from '../../config/user-address.settings.js';
import { idCardName, idCardOf } from '../avatar/avatar-path.js';

/** The action that serves the pictures. */
export const ID_CARD_ACTION = '/useraddress/idcardpicture';

/** Long enough to fill in a form, short enough for a link that is passed on to be of no use. */
const LIFETIME_SECONDS = 10 * 60;

const KEY_BYTES = 32;

/** What a link says. */
export interface IdCardLink {
  readonly picture: string;
  /** Seconds since 1970. */
  readonly expires: string;
  readonly signature: string;
}

/**
 * Links to pictures of identity cards. Who has one sees its picture for ten minutes; the service
 * gives them to the owner only. They are signed with keys derived from `ID_CARD_KEY`.
 */
@Injectable()
export class IdCardLinks {
  private readonly keys: readonly Buffer[];

  constructor(
    { idCardKeys }: UserAddressSettings,
    private readonly http: HttpSettings,
  ) {
    this.keys = idCardKeys.map(({ bytes }) =>
      Buffer.from(hkdfSync('sha256', bytes, '', 'id-card picture links', KEY_BYTES)),
    );
  }

  /**
   * @param path of a sealed picture
   * @throws Error where there is no key
   */
  toUrl(path: string): string {
    const [key] = this.keys;
    const picture = idCardName(path);
    if (!key || picture === undefined) throw new Error('ID_CARD_KEY lacks the key for pictures');
    const expires = String(Math.floor(Date.now() / 1_000) + LIFETIME_SECONDS);
    const query = new URLSearchParams({
      picture,
      expires,
      signature: sign(key, picture, expires).toString('hex'),
    });
    return `${this.http.publicUrl}${ID_CARD_ACTION}?${query.toString()}`;
  }

  /** @returns whether this service made the link, at most ten minutes ago */
  isValid({ picture, expires, signature }: IdCardLink): boolean {
    const given = Buffer.from(signature, 'hex');
    if (!(Number(expires) * 1_000 > Date.now()) || given.length !== KEY_BYTES) return false;
    return this.keys.some((key) => timingSafeEqual(given, sign(key, picture, expires)));
  }

  /**
   * @param url that a client sends back, expired or not
   * @returns the picture's path; undefined where it names none
   */
  toPath(url: string): string | undefined {
    const [, query = ''] = url.split('?');
    const picture = new URLSearchParams(query).get('picture');
    return picture === null ? undefined : idCardOf(picture)?.path;
  }
}

const sign = (key: Buffer, picture: string, expires: string): Buffer =>
  createHmac('sha256', key).update(`${picture}\n${expires}`).digest();
