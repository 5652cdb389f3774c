import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { readPublicParameters } from './public-parameters.js';

/** Checks the public parameters after the token and before the endpoint's own parameters. */
@Injectable()
export class PublicParametersGuard implements CanActivate {
  /** @throws ProtocolException naming the first that is present but unknown, and its values */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (!request.context.action?.plain) {
      request.context.publicParameters ??= readPublicParameters(request);
    }
    return true;
  }
}
