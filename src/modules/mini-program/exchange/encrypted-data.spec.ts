import { createCipheriv } from 'node:crypto';
import { decryptBaiduMobile, decryptBaiduObject, decryptObject } from './encrypted-data.js';

/** WeChat's own example (https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html). */
const WEIXIN = {
  key: 'tiihtNczf5v6AKRyjwEUhQ==',
  iv: 'r7BXXKkLb8qrSNn05n0qiA==',
  data:
    'CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVb' +
    'JSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COx' +
    'Fvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4' +
    'ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwT' +
    'yrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5' +
    'oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==',
};

/** Baidu's own example, of its documentation for servers. */
const BAIDU = {
  key: '1df09d0a1677dd72b8325aec59576e0c',
  iv: '1df09d0a1677dd72b8325Q==',
  data:
    'OpCoJgs7RrVgaMNDixIvaCIyV2SFDBNLivgkVqtzq2GC10egsn+PKmQ/+5q+chT8xzldLUog2haTItyIkKyvzvmXonBQLIMeq54a' +
    'xAu9c3KG8IhpFD6+ymHocmx07ZKi7eED3t0KyIxJgRNSDkFk5RV1ZP2mSWa7ZgCXXcAbP0RsiUcvhcJfrSwlpsm0E1YJzKpYy429' +
    'xrEEGvK+gfL+Cw==',
};
const BAIDU_APP_KEY = 'y2dTfnWfkx2OXttMEMWlGHoB1KzMogm7';

/** The same with one bit of the block that is before the last one flipped, which spoils the padding. */
const spoilt = (data: string): string => {
  const bytes = Buffer.from(data, 'base64');
  bytes[bytes.length - 17]! ^= 1;
  return bytes.toString('base64');
};

const encrypted = (text: string) => {
  const [key, iv] = [Buffer.alloc(16, 1), Buffer.alloc(16, 2)];
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  const data = Buffer.concat([cipher.update(text), cipher.final()]).toString('base64');
  return [{ data, iv: iv.toString('base64') }, key.toString('base64')] as const;
};

describe('decryptObject', () => {
  it("reads WeChat's example", () => {
    expect(decryptObject(WEIXIN, WEIXIN.key)).toMatchObject({
      openId: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE',
      nickName: 'Band',
      watermark: { appid: 'wx4f4bc4dec97d474b' },
    });
  });

  it.each([
    ['another key', WEIXIN, Buffer.alloc(16).toString('base64')],
    ['a key that is too short', WEIXIN, Buffer.alloc(15).toString('base64')],
    ['a key that is no base64', WEIXIN, 'ü'],
    ['a short iv', { ...WEIXIN, iv: 'AAAA' }, WEIXIN.key],
    ['an iv that is no base64', { ...WEIXIN, iv: `${WEIXIN.iv}!` }, WEIXIN.key],
    ['no data', { ...WEIXIN, data: '' }, WEIXIN.key],
    ['data that is no base64', { ...WEIXIN, data: `${WEIXIN.data} ` }, WEIXIN.key],
    ['half a block', { ...WEIXIN, data: 'AAAA' }, WEIXIN.key],
    ['a wrong padding', { ...WEIXIN, data: spoilt(WEIXIN.data) }, WEIXIN.key],
    ['text that is no JSON', ...encrypted('{')],
    ['JSON that is no object', ...encrypted('1')],
    ['null', ...encrypted('null')],
  ] as const)('reads nothing of %s', (_, data, key) => {
    expect(decryptObject(data, key)).toBeUndefined();
  });
});

describe('decryptBaiduObject', () => {
  it("reads Baidu's example", () => {
    expect(decryptBaiduObject(BAIDU, BAIDU.key, BAIDU_APP_KEY)).toEqual({
      openid: 'open_id',
      nickname: 'baidu_user',
      headimgurl: 'url of image',
      sex: 1,
    });
  });

  it.each([
    ['another mini-program', BAIDU, BAIDU.key, 'other'],
    ['another key', BAIDU, Buffer.alloc(24).toString('base64'), BAIDU_APP_KEY],
    ['a key of another length', BAIDU, WEIXIN.key, BAIDU_APP_KEY],
    ['a wrong padding', { ...BAIDU, data: spoilt(BAIDU.data) }, BAIDU.key, BAIDU_APP_KEY],
    ['no data', { ...BAIDU, data: '' }, BAIDU.key, BAIDU_APP_KEY],
  ])('reads nothing of %s', (_, data, key, appKey) => {
    expect(decryptBaiduObject(data, key, appKey)).toBeUndefined();
  });
});

describe('decryptBaiduMobile', () => {
  const key = Buffer.alloc(24, 3);
  const iv = Buffer.alloc(16, 4);
  const mobile = '13800138000';

  const read = (value: object, random = '5d0aa9913c63765d'): unknown => {
    const text = Buffer.from(JSON.stringify(value));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    const front = Buffer.from(random, 'latin1');
    const frame = Buffer.concat([front, length, text, Buffer.from(BAIDU_APP_KEY)]);
    const padding = 32 - (frame.length % 32);
    const cipher = createCipheriv('aes-192-cbc', key, iv).setAutoPadding(false);
    const bytes = cipher.update(Buffer.concat([frame, Buffer.alloc(padding, padding)]));
    const encrypted = { data: bytes.toString('base64'), iv: iv.toString('base64') };
    return decryptBaiduMobile(encrypted, key.toString('base64'), BAIDU_APP_KEY);
  };

  it('reads a number', () => {
    expect(read({ mobile })).toBe(mobile);
  });

  it.each([
    ['a profile that names one', { openid: 'x', mobile }, undefined],
    ['a number with more behind it', { mobile, nickname: 'x' }, undefined],
    ['blocks that were put together anew', { mobile }, '\x9c'.repeat(16)],
  ])('reads nothing of %s', (_, value, random) => {
    expect(read(value, random)).toBeUndefined();
  });
});
