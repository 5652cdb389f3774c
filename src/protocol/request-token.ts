import type { Request } from 'express';
import { publicParameter } from './request-context.js';
import type { Identity, TokenResolver } from './token-resolver.js';

const TOKEN = /^[0-9a-f]{32}$/;
const BEARER = /^Bearer +(.+)$/i;

/** The token of the Authorization header, which goes before every other. */
export const bearerOf = (request: Request): string | undefined =>
  BEARER.exec(request.headers.authorization ?? '')?.[1];

/**
 * Who makes a request, by the first token that is present, whatever its form; a wrong one is not
 * rescued by a later one.
 *
 * @returns undefined where there is no token or no session of it
 */
export async function identityOf(
  request: Request,
  tokens: TokenResolver,
): Promise<Identity | undefined> {
  const token = bearerOf(request) ?? publicParameter(request, 'token');
  return typeof token === 'string' && TOKEN.test(token) ? tokens.resolve(token) : undefined;
}
