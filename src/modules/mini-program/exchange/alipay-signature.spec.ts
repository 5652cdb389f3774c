import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readSignedNode, signAlipay } from './alipay-signature.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });

const NODE = 'alipay_system_oauth_token_response';

const signed = (node: string, key = privateKey): string =>
  sign('RSA-SHA256', Buffer.from(node), key).toString('base64');

const read = (text: string) => readSignedNode(text, NODE, publicKey);

/** A pair of keys for this test, and what `openssl dgst -sha256 -sign` made with it. */
const FIXED = {
  privateKey:
    'MIIEowIBAAKCAQEA5P2BWlz70sY3Kt1jUaVQHp/lX2Lp4L5b/3VzpSwU3Ep5f7561LUd1B2XspDRKa5boA4K1LV+' +
    'R2kQTQPq1xVLH6dga0J6BEXxFdt/2MdQzB6C+lItVI2BKY8OBodbBY2nhPW3w+KLjiVFJryU2+zgAfaHCtqtXJg/' +
    'U/RZoKNgU72IO/+7Vz1tsMYEnUC1dv+DkJBLFkHb+pEtFNG7MKP6v3QQcYHsmWAatNAHWDN8LpF+KQcS+VmnpWxt' +
    'GlbdA0mK4LYq4tbzXgf3/wE6gRq+aTxjdWeh8uYshOGWchbuDO0ibMKddaUOYbV4PCmexiRXop4xVDpGTvUaIb0s' +
    'VipRNQIDAQABAoIBAAftkvXq9DkG7dAJHDAudgipZoqX5RsH3C2LBnb4gLxjw7MdiCknICJA6AihpOw5giiXc96L' +
    'bhTQ2WShNxc9QH2XEOqFwa22MjOcht+dfvmiMMyz3afowkkLD+Q/+XHGxr7+tt8MT+Ka/brqmojGuba3r1M74Pas' +
    'uryQYC4EmggsHe5cU78V/NifPJwLHgBrd98WaN3VO9CLsTQYK5oPA9/sc5PPAE+UrrOigHeD9xVPUJ+/ZdzqaX9T' +
    'ebUCEXWVzTcppqmkk1JWWU1n1O2Dl/7qq6QgVFmp8ORu+OYkf08Q+NChwHKsdBw/fKh+ba91zHuVOagaYwNc8tW3' +
    '7GcPKT0CgYEA+cKnNaeH3qG9O+DkllUr/6Qbt2OCPw/13XCdfnXVi7IhAPgmDlI0pdvWmxqf4WkRxDu/Lpr74UAd' +
    'RNmkaN2U1HuovTHMPJy+GMKRdfG877lWy/Ewlt4u2mbCvaKIPUXl0vjSflGpwBwsC0aysp243kfG/bK3pj0HPbnA' +
    'XhHZmH8CgYEA6rYEOtY2aaUVDlE091ttQ1M1D8dFdpSwjO3zDwJ+VeYjKoXRMV1IwlKTpKauRsxy/AkIh0Cpi/te' +
    'nEuNu5rJ8jIu9QxnPALgiLobydLjyTbCqn522TaH3xtQrZX4ztaRFUeliQkHEF1Gh+0bEAx/VnLnwosNnNOKjXdb' +
    '51DjXEsCgYBexYH1VhC0ZeMMaZXThZYgdwEdYWD21POShzz703Kog3sKhx7JqF/Z38VbLYslWV0ofRNad+zD2DRC' +
    '/+Lm982VoyawQ8kf5sorUwknHAd5X3aUBH1Pghd9QCj9FENmHLPMjiYxUIN9JjOAQ99i735KuinD8qDFL7sjrOxV' +
    'xagvuQKBgCUyJ0VzwTfI06drMyuoL46l1xjjCZ0bP0d2Rjiwuni+egA5KMfb8rXpBEDpsWDC8c4DWHimxLfMZFf8' +
    'mT+L7kkVrt9i0dFu20qPw+ueIj83EG6YkBkoTSwMViLMS5vr4R4wNombBqWPQqgz6UAH2v5GQ3hPNR8PXzvAGK51' +
    '4TI1AoGBAJEgbI/DCVemfd5LJUdndbdlt7nsIsYkQOt2vGS2Ijqnix46Yi2Nw87lQwubZnIFXo552//FFme0py/+' +
    'ubK4Dm42Jzd+xNKvMe7dEvrI8jLD5nac72GJrApT+dKC5NiPil2UscAbrHgipz1jJ44O/TsUfF0P0v70KTvI9vsJ' +
    'fwnZ',
  publicKey:
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA5P2BWlz70sY3Kt1jUaVQHp/lX2Lp4L5b/3VzpSwU3Ep5' +
    'f7561LUd1B2XspDRKa5boA4K1LV+R2kQTQPq1xVLH6dga0J6BEXxFdt/2MdQzB6C+lItVI2BKY8OBodbBY2nhPW3' +
    'w+KLjiVFJryU2+zgAfaHCtqtXJg/U/RZoKNgU72IO/+7Vz1tsMYEnUC1dv+DkJBLFkHb+pEtFNG7MKP6v3QQcYHs' +
    'mWAatNAHWDN8LpF+KQcS+VmnpWxtGlbdA0mK4LYq4tbzXgf3/wE6gRq+aTxjdWeh8uYshOGWchbuDO0ibMKddaUO' +
    'YbV4PCmexiRXop4xVDpGTvUaIb0sVipRNQIDAQAB',
  requestSignature:
    'DZ7aM3tGP+fwGkfJ2OnEbQ4NrsuF/O78cRwN5afAeqDCEl3Lv+z0F5PAgrzDzGVpvLVp9DM4tUNtfxq0o5e32D3A' +
    'GD0PYjVpxODfT8+TSrOETUaxlFkOAJR4woN56klhiPp12vZKRd0/OwFGC8vNMw50LaRO+pjY4DBRqbfX2K50JVoc' +
    'rp6dj6IL9LULyFrdTL35ugnSrO7oXjhM8Rpc6X1viQ+iiGp3mKSpUDUwuAQRfWYggIloUDLOGD+MQn1EhzTTlyka' +
    '6WaX8+Iaz9NT1/sZumD4RoJ9g4NQ0IkHhcRX8HRDfTKBglmD0BrJO1vaUEn5HQfBMRUuWDpJYCfsyQ==',
  node: '{"open_id":"074a1QCZ0OkYhs8HEK","expires_in":"3600"}',
  nodeSignature:
    'RfOAvdAPSV7z/iHkTNJXsRCbhNdar/3aOkFhBBTSPkAkawljfC8CU4266uIqlpJ1O/gdKZO8C095N/3fyyYcX+io' +
    'yiLHdRpvlrt7LddVBvD5Rqi21FWRfwF5/B4oyxgtn+4eIplPgnltUaQ7F27GrXLuCF7B5HJb8v+GoVyynIDrX+rL' +
    'ewkvv+kokOFXpCU9mFG+U1LjDUW+gi75ZGqPwt6+5MgwsVWtTRTXx5Hx2jObVpWl+g1bK4Sow6YhASxsBNyXXFYd' +
    'sHZ1AhhOW0cN5t9cy05XtxpaYbRTjkRtzhApW/axkuvyDaJzsDsnF0M5YpjoXsixVQKvnhwOPFmsaA==',
};

const der = (key: string) => ({ key: Buffer.from(key, 'base64'), format: 'der' as const });

it('signs as OpenSSL does, whatever the order of the parameters', () => {
  const key = createPrivateKey({ ...der(FIXED.privateKey), type: 'pkcs1' });
  const parameters = { version: '1.0', app_id: '2014072300007148', code: '支付&=' };
  expect(signAlipay(parameters, key)).toBe(FIXED.requestSignature);
});

it('verifies what OpenSSL has signed', () => {
  const key = createPublicKey({ ...der(FIXED.publicKey), type: 'spki' });
  const text = `{"${NODE}":${FIXED.node},"sign":"${FIXED.nodeSignature}"}`;
  expect(readSignedNode(text, NODE, key)).toMatchObject({ open_id: '074a1QCZ0OkYhs8HEK' });
});

it.each([
  ['in front of the signature', (node: string) => `{"${NODE}":${node},"sign":"${signed(node)}"}`],
  ['behind it', (node: string) => `{"sign":"${signed(node)}","${NODE}" : ${node} }`],
])('reads the node %s', (_, answer) => {
  const node = String.raw`{ "open_id":"074a1","nested":{"a":"}\"{"},"slash":"a\/b" }`;
  expect(read(answer(node))).toEqual({
    open_id: '074a1',
    nested: { a: '}"{' },
    slash: 'a/b',
  });
});

const NODE_TEXT = '{"open_id":"074a1"}';
const other = generateKeyPairSync('rsa', { modulusLength: 2_048 });

it.each([
  ['no signature', `{"${NODE}":${NODE_TEXT}}`],
  [
    'a signature of another key',
    `{"${NODE}":${NODE_TEXT},"sign":"${signed(NODE_TEXT, other.privateKey)}"}`,
  ],
  ['a changed node', `{"${NODE}":{"open_id":"074a2"},"sign":"${signed(NODE_TEXT)}"}`],
  ['another node', `{"error_response":${NODE_TEXT},"sign":"${signed(NODE_TEXT)}"}`],
  [
    'a second node in front of the signed one',
    `{"x":"${NODE}","${NODE}":{"open_id":"074a2"},"y":${NODE_TEXT},"sign":"${signed(NODE_TEXT)}"}`,
  ],
  ['a signature that is no text', `{"${NODE}":${NODE_TEXT},"sign":1}`],
])('reads nothing with %s', (_, text) => {
  expect(read(text)).toBeUndefined();
});
