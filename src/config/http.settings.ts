import { isIP } from 'node:net';
import { IsBoolean, IsInt, Matches, Max, Min, ValidateBy, ValidateIf } from 'class-validator';
import { FromEnv, parseBoolean, parseInteger, parseList } from './env.js';
import { isHttpUrl, withoutSlash } from './url.js';

/** An address or host name, as a server is told to listen on. */
export const LISTEN_HOST = /^[A-Za-z0-9._:-]+$/;

const ORIGIN = /^https?:\/\/[^/?#\s,]+$/;

/** `X-Forwarded-For` is believed from nobody, from so many proxies in front, or from these. */
export type TrustProxy = false | number | string[];

const parseTrustProxy = (text: string): TrustProxy => {
  if (text === 'false') return false;
  return /^\d+$/.test(text) ? Number(text) : parseList(text);
};

const isProxyAddress = (value: string): boolean => {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(value)) return true;
  const [address = '', prefix, ...rest] = value.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return (
    prefix === undefined ||
    (/^[1-9]\d*$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128))
  );
};

const isTrustProxy = (value: unknown): boolean =>
  value === false ||
  (typeof value === 'number' && value <= 10) ||
  (Array.isArray(value) && value.length > 0 && value.every(isProxyAddress));

/** The name of a header, as HTTP has it. */
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;
const MOST_HEADERS = 50;

const isHeaderList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= MOST_HEADERS &&
  value.every((name: string) => HEADER_NAME.test(name) && name !== '*');

const isOriginList = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) &&
    value.every((entry: string) => ORIGIN.test(entry) || (entry === '*' && value.length === 1)));

/** Where the service listens and what it believes of a request. */
export class HttpSettings {
  @FromEnv('PORT', 'a port number from 1 to 65535', parseInteger)
  @IsInt()
  @Min(1)
  @Max(65535)
  readonly port: number = 3000;

  @FromEnv('HOST', 'an address or host name to listen on')
  @Matches(LISTEN_HOST)
  readonly host: string = '127.0.0.1';

  @FromEnv('PUBLIC_URL', 'an http or https URL without user, query and fragment', withoutSlash)
  @ValidateBy({ name: 'publicUrl', validator: { validate: isHttpUrl } })
  private readonly configuredPublicUrl?: string;

  @FromEnv(
    'CORS_ORIGINS',
    '* or a comma-separated list of origins (scheme://host[:port])',
    parseList,
  )
  @ValidateBy({ name: 'origins', validator: { validate: isOriginList } })
  readonly corsOrigins?: string[];

  /** Beside `content-type` and `authorization`, which every client needs. */
  @FromEnv(
    'CORS_ALLOWED_HEADERS',
    `a comma-separated list of 1 to ${MOST_HEADERS} names of headers`,
    parseList,
  )
  @ValidateBy({ name: 'headers', validator: { validate: isHeaderList } })
  readonly corsAllowedHeaders: string[] = ['traceparent', 'x-requested-with'];

  /** Whether the API's description is served; by default everywhere but in production. */
  @FromEnv('API_DOCS', 'true or false', parseBoolean)
  @ValidateIf((settings: HttpSettings) => settings.apiDocs !== undefined)
  @IsBoolean()
  readonly apiDocs?: boolean;

  @FromEnv(
    'TRUST_PROXY',
    'false, a number of proxies from 0 to 10, or a comma-separated list of addresses and networks',
    parseTrustProxy,
  )
  @ValidateBy({ name: 'trustProxy', validator: { validate: isTrustProxy } })
  readonly trustProxy: TrustProxy = false;

  /** What absolute URLs of this service begin with; no trailing slash. Never a request's Host. */
  get publicUrl(): string {
    return this.configuredPublicUrl ?? this.localUrl;
  }

  /** Where a client on this machine reaches the service; no trailing slash. */
  get localUrl(): string {
    return `http://${reachable(this.host)}:${this.port}`;
  }
}

/** The host as a client on this machine would write it in a URL. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
