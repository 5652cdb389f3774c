import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';
import { publicParameter } from './request-context.js';
import { TOKEN_RESOLVER, type TokenResolver } from './token-resolver.js';

const TOKEN = /^[0-9a-f]{32}$/;
const BEARER = /^Bearer +(.+)$/i;

/**
 * Resolves the token of every request and closes every route that is not `@Public()` to those
 * without a good one. On a public route a bad token means anonymous.
 */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(@Inject(TOKEN_RESOLVER) private readonly tokens: TokenResolver) {}

  /** @throws ProtocolException not logged in */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const { action } = request.context;
    if (action?.plain) return true;
    const token = tokenOf(request);
    if (typeof token === 'string' && TOKEN.test(token)) {
      request.context.identity = await this.tokens.resolve(token);
    }
    if (request.context.identity || action?.public) return true;
    throw new ProtocolException(protocolFailures.notLoggedIn);
  }
}

/** The first token that is present, whatever its form; a wrong one is not rescued by a later one. */
function tokenOf(request: Request): unknown {
  const bearer = BEARER.exec(request.headers.authorization ?? '')?.[1];
  return bearer ?? publicParameter(request, 'token');
}
