import { Injectable } from '@nestjs/common';
import { HttpSettings } from '../../config/http.settings.js';

/** Where ShopXO keeps it too; the file lies under `public`. */
const DEFAULT_AVATAR = '/static/index/default/images/default-user-avatar.jpg';

/** Avatars are stored as paths and shown as URLs below the public URL. */
@Injectable()
export class AvatarUrls {
  constructor(private readonly settings: HttpSettings) {}

  /** @param path a stored path; empty for the default avatar */
  toUrl(path: string): string {
    return this.settings.publicUrl + (path || DEFAULT_AVATAR);
  }

  /**
   * @param url as a client sends it
   * @returns the path to store: empty for `""` and the default avatar's URL, undefined for a URL
   *   that is not below the public URL
   */
  toPath(url: string): string | undefined {
    if (url === '') return '';
    const { publicUrl } = this.settings;
    if (!url.startsWith(`${publicUrl}/`)) return undefined;
    const path = url.slice(publicUrl.length);
    return path === DEFAULT_AVATAR ? '' : path;
  }
}
