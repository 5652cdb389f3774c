import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { limitOf } from './action-limit.js';
import { countedCaller } from './counted-caller.js';
import { Limiter } from './limiter.js';

/** Stops who asks too often, after the token and before the parameters. */
@Injectable()
export class LimitGuard implements CanActivate {
  constructor(private readonly limiter: Limiter) {}

  /** @throws ProtocolException too many requests */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const limit = limitOf(request.context);
    if (limit) await this.limiter.count(limit, countedCaller(request, limit));
    return true;
  }
}
