import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { RequestLimiter } from './request-limiter.js';

/** Counts each request that reaches a route, after its token is resolved and before its parameters are checked. */
@Injectable()
export class LimitGuard implements CanActivate {
  constructor(private readonly limiter: RequestLimiter) {}

  /** @throws ProtocolException too many requests */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.limiter.countRequest(context.switchToHttp().getRequest<Request>());
    return true;
  }
}
