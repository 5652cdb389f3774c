import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Limiter } from './limiter.js';

/** Stops who asks too often, after the token and before the parameters. */
@Injectable()
export class LimitGuard implements CanActivate {
  constructor(private readonly limiter: Limiter) {}

  /** @throws ProtocolException too many requests */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.limiter.countRequest(context.switchToHttp().getRequest<Request>());
    return true;
  }
}
