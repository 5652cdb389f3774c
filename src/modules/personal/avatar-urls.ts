import { Injectable } from '@nestjs/common';
import { HttpSettings } from '../../config/http.settings.js';

/** Where ShopXO keeps it too; the file lies under `public`. */
const DEFAULT_AVATAR = '/static/index/default/images/default-user-avatar.jpg';

/** Host with port, where there is one, and path; the query and the fragment are not looked at. */
const HTTP_URL = /^(?:(?:https?:)?\/\/([^/?#]*))?((?:\/[^?#]*)?)/i;

const DEFAULT_PORT = /:(80|443)$/;

/** Avatars are stored as paths and shown as URLs below the public URL. */
@Injectable()
export class AvatarUrls {
  constructor(private readonly settings: HttpSettings) {}

  /** @param path a stored path; empty for the default avatar */
  toUrl(path: string): string {
    return this.settings.publicUrl + (path || DEFAULT_AVATAR);
  }

  /**
   * The path behind a URL. Clients and proxies change how a URL is written, so the scheme, a default
   * port, the case of the host, a query and a fragment make no difference. A URL without a host is of
   * the public URL's.
   *
   * @param url as a client sends it
   * @returns the path to store: empty for `""` and the default avatar's URL, undefined for a URL
   *   that is not below the public URL
   */
  toPath(url: string): string | undefined {
    if (url === '') return '';
    const given = split(url);
    const own = split(this.settings.publicUrl);
    const isOwn = (given.host ?? own.host) === own.host && given.path.startsWith(`${own.path}/`);
    if (!isOwn) return undefined;
    const path = given.path.slice(own.path.length);
    return path === DEFAULT_AVATAR ? '' : path;
  }
}

function split(url: string): { host: string | undefined; path: string } {
  const [, host, path = ''] = HTTP_URL.exec(url) ?? [];
  return { host: host?.toLowerCase().replace(DEFAULT_PORT, ''), path };
}
