import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { countedAddress } from './limits/counted-caller.js';
import { Limiter } from './limits/limiter.js';
import { publicParameter } from './request-context.js';
import { type Identity, TOKEN_RESOLVER, type TokenResolver } from './token-resolver.js';

const TOKEN = /^[0-9a-f]{32}$/;
const BEARER = /^Bearer +(.+)$/i;

/** The token of the Authorization header, which goes before every other. */
export const bearerOf = (request: Request): string | undefined =>
  BEARER.exec(request.headers.authorization ?? '')?.[1];

/** Tells who makes a request, and stops an address that tries tokens. */
@Injectable()
export class CallerResolver {
  constructor(
    @Inject(TOKEN_RESOLVER) private readonly tokens: TokenResolver,
    private readonly limiter: Limiter,
  ) {}

  /**
   * Who makes a request, by the first token that is present, whatever its form; a wrong one is not
   * rescued by a later one. Each wrong one counts; after too many of them no token from the address
   * is looked at, good ones included, or who tries them would learn which are.
   *
   * @returns undefined where there is no token or no session of it
   * @throws ProtocolException too many requests
   */
  async identify(request: Request): Promise<Identity | undefined> {
    const token = bearerOf(request) ?? publicParameter(request, 'token');
    if (token === undefined) return undefined;
    const address = countedAddress(request);
    this.limiter.check('wrongTokens', address);
    const identity =
      typeof token === 'string' && TOKEN.test(token) ? await this.tokens.resolve(token) : undefined;
    if (!identity) await this.limiter.count('wrongTokens', address);
    return identity;
  }
}
