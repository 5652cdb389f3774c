import { type KeyObject, sign, verify } from 'node:crypto';

/** RSA2, as Alipay calls it: RSASSA-PKCS1-v1_5 with SHA-256. */
const ALGORITHM = 'RSA-SHA256';

/** Signs the parameters of a request: `name=value`, sorted by name, with `&` between. */
export function signAlipay(parameters: Readonly<Record<string, string>>, key: KeyObject): string {
  const text = Object.entries(parameters)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return sign(ALGORITHM, Buffer.from(text), key).toString('base64');
}

/**
 * Reads an answer of Alipay's gateway. The signature is of the bytes of one node, so those are cut out of
 * the text, and what they mean is read only once they are proven to be Alipay's.
 *
 * @param node the answer's node, such as `alipay_system_oauth_token_response`
 * @returns the node; undefined where the answer has none with a right signature
 */
export function readSignedNode(text: string, node: string, key: KeyObject): unknown {
  const { sign: signature, [node]: found } = JSON.parse(text) as Record<string, unknown>;
  if (typeof signature !== 'string' || typeof found !== 'object' || found === null)
    return undefined;
  const signed = rawNode(text, node);
  const bytes = Buffer.from(signature, 'base64');
  if (!verify(ALGORITHM, Buffer.from(signed), key, bytes)) return undefined;
  return JSON.parse(signed) as unknown;
}

/** The text from the node's opening to its closing brace; braces in strings do not count. */
function rawNode(text: string, node: string): string {
  const start = text.indexOf('{', text.indexOf(`"${node}"`));
  let depth = 0;
  for (const { 0: part, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (part === '{') depth += 1;
    if (part === '}') depth -= 1;
    if (depth === 0) return text.slice(start, start + index + 1);
  }
  return '';
}
