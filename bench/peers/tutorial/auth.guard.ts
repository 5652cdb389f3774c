import { createHash } from 'node:crypto';
import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Request } from 'express';
import { Repository } from 'typeorm';
import { tokenOf } from '../shared/checks.mjs';
import { UserSession } from './entities.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SESSION_IDLE_DAYS = 30;
const SESSION_ABSOLUTE_DAYS = 180;

/** A request whose token was good. */
export interface AuthenticatedRequest extends Request {
  requestId: string;
  session: UserSession;
  token: string;
}

@Injectable()
export class AuthGuard implements CanActivate {
  constructor(@InjectRepository(UserSession) private readonly sessions: Repository<UserSession>) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const body = (request.body ?? {}) as Record<string, unknown>;
    const token = tokenOf(request.headers.authorization, body, request.query);
    if (token === undefined) throw new UnauthorizedException();
    const session = await this.sessions.findOne({
      where: { token_hash: createHash('sha256').update(token).digest() },
      relations: { user: true },
    });
    if (!session || !isLive(session)) throw new UnauthorizedException();
    if (Date.now() - session.last_time.getTime() >= HOUR_MS) {
      session.last_time = new Date();
      await this.sessions.save(session);
    }
    request.session = session;
    request.token = token;
    return true;
  }
}

function isLive({ user, last_time, add_time }: UserSession): boolean {
  const now = Date.now();
  return (
    user.status <= 1 &&
    user.is_delete_time === null &&
    user.is_logout_time === null &&
    now - last_time.getTime() < SESSION_IDLE_DAYS * DAY_MS &&
    now - add_time.getTime() < SESSION_ABSOLUTE_DAYS * DAY_MS
  );
}
