import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';
import { identityOf } from './request-token.js';
import { TOKEN_RESOLVER, type TokenResolver } from './token-resolver.js';

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
    request.context.identity = await identityOf(request, this.tokens);
    if (request.context.identity || action?.public) return true;
    throw new ProtocolException(protocolFailures.notLoggedIn);
  }
}
