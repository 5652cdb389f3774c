import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CallerResolver } from './caller-resolver.js';

/**
 * Resolves the token of every request and closes every route that is not `@Public()` to those
 * without a good one. On a public route a bad token means anonymous.
 */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(private readonly callers: CallerResolver) {}

  /** @throws ProtocolException not logged in, or too many requests */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const { action } = request.context;
    if (action?.plain) return true;
    request.context.identity =
      this.callers.cached(request) ?? (await this.callers.identify(request));
    if (request.context.identity || action?.public) return true;
    throw await this.callers.refusal(request);
  }
}
