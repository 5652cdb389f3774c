// The service's rules of personal/save's parameters, written by hand: the same outcomes, in the same
// order.
import { isUtf8 } from 'node:buffer';
import { avatarNotYours, bodyNotObject, bodyTooDeep, malformedBody, Refusal } from './failures.mjs';
import { today } from './time.mjs';

/** @typedef {Readonly<Record<string, unknown>>} Parameters */

export const BODY_LIMIT = 100_000;
const DEPTH_LIMIT = 32;
const TOKEN = /^[0-9a-f]{32}$/;
const BEARER = /^Bearer +(\S.*)$/i;
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;
const APPLICATIONS = ['web', 'app'];
const CLIENT_TYPES = [
  'pc',
  'h5',
  'ios',
  'android',
  'weixin',
  'alipay',
  'baidu',
  'toutiao',
  'qq',
  'kuaishou',
];
const SYSTEM_TYPE = /^[A-Za-z0-9_-]{1,60}$/;
const GENDERS = ['0', '1', '2'];
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const FORBIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point}|\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

/** @param {Buffer} bytes */
export function refuseForeignBytes(bytes) {
  if (!isUtf8(bytes)) throw malformedBody();
}

/**
 * @param {unknown} body
 * @returns {Parameters}
 */
export function checkBody(body) {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw bodyNotObject();
  if (isDeeperThan(body, DEPTH_LIMIT)) throw bodyTooDeep();
  return /** @type {Parameters} */ (body);
}

/**
 * @param {unknown} value
 * @param {number} limit
 * @returns {boolean}
 */
function isDeeperThan(value, limit) {
  if (typeof value !== 'object' || value === null) return false;
  return limit === 0 || Object.values(value).some((inner) => isDeeperThan(inner, limit - 1));
}

/**
 * The caller's request id, where it is fit for a log, else a new one.
 *
 * @param {string | string[] | undefined} given
 * @param {() => string} make
 */
export const requestIdOf = (given, make) =>
  typeof given === 'string' && REQUEST_ID.test(given) ? given : make();

/**
 * A public parameter of the body, else of the query string; an empty one is absent.
 *
 * @param {string} name
 * @param {Parameters} body
 * @param {Parameters} query
 */
function publicParameter(name, body, query) {
  const own = body[name];
  if (own !== undefined && own !== '') return own;
  const other = query[name];
  return other === '' ? undefined : other;
}

/**
 * @param {string | undefined} authorization the header
 * @param {Parameters} body
 * @param {Parameters} query
 * @returns {string | undefined} undefined where it is none that could be good
 */
export function tokenOf(authorization, body, query) {
  const token = BEARER.exec(authorization ?? '')?.[1] ?? publicParameter('token', body, query);
  return typeof token === 'string' && TOKEN.test(token) ? token : undefined;
}

/**
 * @param {Parameters} body
 * @param {Parameters} query
 * @returns {{ clientType: string, systemType: string }}
 */
export function checkPublicParameters(body, query) {
  choice(
    'application',
    '请求应用',
    APPLICATIONS,
    publicParameter('application', body, query) ?? 'web',
  );
  const clientType = choice(
    'application_client_type',
    '客户端类型',
    CLIENT_TYPES,
    publicParameter('application_client_type', body, query) ?? 'pc',
  );
  const systemType = publicParameter('system_type', body, query) ?? 'default';
  if (typeof systemType !== 'string' || !SYSTEM_TYPE.test(systemType)) {
    throw wrong('系统类型', 'system_type', '须为 1–60 a-z A-Z 0-9 _ -');
  }
  return { clientType, systemType };
}

/**
 * @typedef {object} ProfileChanges text as it is to be stored; an absent one leaves its column alone
 * @property {string} nickname
 * @property {string} [birthday]
 * @property {string} [province]
 * @property {string} [city]
 * @property {string} [county]
 * @property {string} [gender]
 * @property {string} [address]
 * @property {string} [avatar]
 */

/**
 * @param {Parameters} body
 * @returns {ProfileChanges}
 */
export function checkProfile(body) {
  if (body.nickname === undefined) throw new Refusal(-1, '请填写昵称（nickname）');
  return {
    nickname: text(body.nickname, 'nickname', '昵称', 1, 60),
    birthday: optional(body.birthday, birthday),
    province: optional(body.province, (value) => text(value, 'province', '所在省', 0, 60)),
    city: optional(body.city, (value) => text(value, 'city', '所在城市', 0, 60)),
    county: optional(body.county, (value) => text(value, 'county', '所在区/县', 0, 60)),
    gender: optional(body.gender, (value) =>
      choice('gender', '性别', GENDERS, typeof value === 'number' ? numberText(value) : value),
    ),
    address: optional(body.address, (value) => text(value, 'address', '详细地址', 0, 80)),
    avatar: optional(body.avatar, (value) => text(value, 'avatar', '头像', 0, 500)),
  };
}

/**
 * @param {unknown} value
 * @param {(value: unknown) => string} check
 */
const optional = (value, check) => (value === undefined ? undefined : check(value));

/** @param {number} value */
const numberText = (value) => (Object.is(value, -0) ? value : String(value));

/**
 * @param {string} label
 * @param {string} field
 * @param {string} rule
 */
const wrong = (label, field, rule) => new Refusal(-1, `${label}（${field}）${rule}`);

/**
 * Trimmed and in NFC, the form that is stored.
 *
 * @param {unknown} value
 * @param {string} field
 * @param {string} label
 * @param {number} min
 * @param {number} max code points
 */
function text(value, field, label, min, max) {
  if (typeof value !== 'string') throw wrong(label, field, '须为字符串');
  const trimmed = value.trim();
  const plain = trimmed.length > max * 8 ? trimmed : trimmed.normalize('NFC');
  if (FORBIDDEN.test(plain)) throw wrong(label, field, '不得含控制字符、换行或文字方向控制符');
  const length = Array.from(plain).length;
  if (length < min || length > max) {
    throw wrong(
      label,
      field,
      min > 0 ? `长度须为 ${min} 至 ${max} 个字符` : `不得超过 ${max} 个字符`,
    );
  }
  if (min > 0 && !VISIBLE.test(plain)) throw wrong(label, field, '至少须有一个可见字符');
  return plain;
}

/** @param {unknown} value */
function birthday(value) {
  if (value === '') return value;
  if (typeof value !== 'string' || !isDate(value)) {
    throw wrong('生日', 'birthday', '须为存在的日期，格式为 YYYY-MM-DD');
  }
  if (!isPast(value)) throw wrong('生日', 'birthday', '须在 1900-01-01 至今天之间');
  return value;
}

/** @param {string} date JavaScript rolls 30 February over to March */
export function isDate(date) {
  if (!DATE.test(date)) return false;
  const time = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
}

/** @param {string} date `YYYY-MM-DD` */
export const isPast = (date) => date >= '1900-01-01' && date <= today();

/**
 * @param {string} field
 * @param {string} label
 * @param {readonly string[]} values
 * @param {unknown} value
 */
function choice(field, label, values, value) {
  if (typeof value === 'string' && values.includes(value)) return value;
  throw wrong(label, field, `须为以下之一：${values.join(', ')}`);
}

const DEFAULT_AVATAR = '/static/index/default/images/default-user-avatar.jpg';

/** Avatars are stored as paths and shown as URLs below the public URL. */
export class AvatarUrls {
  /** @param {string} publicUrl */
  constructor(publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** @param {string} path */
  toUrl(path) {
    return this.publicUrl + (path || DEFAULT_AVATAR);
  }

  /** @param {string | undefined} url */
  toPath(url) {
    if (url === undefined || url === '') return url;
    if (!url.startsWith(`${this.publicUrl}/`)) throw avatarNotYours();
    const path = url.slice(this.publicUrl.length);
    return path === DEFAULT_AVATAR ? '' : path;
  }
}
