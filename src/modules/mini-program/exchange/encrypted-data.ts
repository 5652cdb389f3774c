import { createDecipheriv } from 'node:crypto';
import type { PlatformAnswer } from './platform-gateway.js';

/** What a mini-program hands on of its platform, readable with the session key alone; both in base64. */
export interface EncryptedData {
  readonly data: string;
  readonly iv: string;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const BLOCK_BYTES = 16;

/** Baidu's frame: 16 random letters and digits, the length of the text, the text, the mini-program's key. */
const BAIDU_TEXT_START = 20;
const BAIDU_LENGTH_START = 16;
const BAIDU_RANDOM = /^[A-Za-z0-9]{16}$/;

/** The PKCS#7 padding of Baidu, which fills up blocks of 32 bytes. */
const BAIDU_PADDING_MAX = 32;

/**
 * Decrypts what WeChat, QQ and Toutiao encrypt: AES-128-CBC with PKCS#7 padding.
 *
 * @returns undefined for whatever is wrong, be it form, key, padding or text, so that nobody learns which
 */
export function decryptObject(encrypted: EncryptedData, key: string): PlatformAnswer | undefined {
  return orUndefined(() => {
    const text = decrypt('aes-128-cbc', encrypted, key, true);
    return toObject(text.toString('utf8'));
  });
}

/**
 * Decrypts what Baidu encrypts: AES-192-CBC with a frame of its own.
 *
 * @param appKey the mini-program's key, which the frame must name
 * @returns undefined for whatever is wrong, as {@link decryptObject}
 */
export function decryptBaiduObject(
  encrypted: EncryptedData,
  key: string,
  appKey: string,
): PlatformAnswer | undefined {
  return readBaiduFrame(encrypted, key, appKey)?.object;
}

/**
 * Decrypts the mobile number that Baidu encrypts. CBC proves nothing of who wrote a text: a client can put the
 * blocks of its own profile together anew. What stands in front is then chosen by nobody, so it has to be what
 * Baidu draws, and there may be nothing but the number.
 *
 * @returns undefined as {@link decryptBaiduObject}
 */
export function decryptBaiduMobile(encrypted: EncryptedData, key: string, appKey: string): unknown {
  const read = readBaiduFrame(encrypted, key, appKey);
  const isNumber = read?.object && Object.keys(read.object).join() === 'mobile';
  return isNumber && BAIDU_RANDOM.test(read.random) ? read.object.mobile : undefined;
}

function readBaiduFrame(
  encrypted: EncryptedData,
  key: string,
  appKey: string,
): { readonly random: string; readonly object: PlatformAnswer | undefined } | undefined {
  return orUndefined(() => {
    const padded = decrypt('aes-192-cbc', encrypted, key, false);
    const frame = withoutPadding(padded);
    const textEnd = BAIDU_TEXT_START + frame.readUInt32BE(BAIDU_LENGTH_START);
    if (frame.toString('utf8', textEnd) !== appKey) return undefined;
    return {
      random: frame.toString('latin1', 0, BAIDU_LENGTH_START),
      object: toObject(frame.toString('utf8', BAIDU_TEXT_START, textEnd)),
    };
  });
}

function decrypt(
  algorithm: string,
  { data, iv }: EncryptedData,
  key: string,
  autoPadding: boolean,
): Buffer {
  const decipher = createDecipheriv(algorithm, bytesOf(key), bytesOf(iv));
  decipher.setAutoPadding(autoPadding);
  return Buffer.concat([decipher.update(bytesOf(data)), decipher.final()]);
}

function bytesOf(text: string): Buffer {
  if (!BASE64.test(text)) throw new RangeError('not base64');
  return Buffer.from(text, 'base64');
}

function withoutPadding(bytes: Buffer): Buffer {
  const length = bytes.at(-1) ?? 0;
  const padding = bytes.subarray(bytes.length - length);
  const isPadding = length >= 1 && length <= BAIDU_PADDING_MAX && bytes.length >= length;
  if (!isPadding || bytes.length % BLOCK_BYTES !== 0 || padding.some((byte) => byte !== length)) {
    throw new RangeError('not padded');
  }
  return bytes.subarray(0, bytes.length - length);
}

function toObject(text: string): PlatformAnswer | undefined {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? (value as PlatformAnswer) : undefined;
}

function orUndefined<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
