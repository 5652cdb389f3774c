import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { RequestLimiter, limitOf } from '../limits/request-limiter.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import { publicParameter } from '../request/request-context.js';
import { type Identity, TOKEN_RESOLVER, type TokenResolver } from './token-resolver.js';

const TOKEN = /^[0-9a-f]{32}$/;
const BEARER = /^Bearer +(\S.*)$/i;

/** The token of the Authorization header, which goes before every other. */
export const bearerOf = (request: Request): string | undefined =>
  BEARER.exec(request.headers.authorization ?? '')?.[1];

const isToken = (token: unknown): token is string => typeof token === 'string' && TOKEN.test(token);

/** The first token that a request has, whatever its form. */
const tokenOf = (request: Request): unknown =>
  bearerOf(request) ?? publicParameter(request, 'token');

/** Tells who makes a request, and stops an address that goes on with wrong tokens. */
@Injectable()
export class CallerResolver {
  /** Of each request, the last token that was looked at; an upload is asked about several times. */
  private readonly looked = new WeakMap<
    Request,
    { token: unknown; identity: Promise<Identity | undefined> }
  >();

  constructor(
    @Inject(TOKEN_RESOLVER) private readonly tokens: TokenResolver,
    private readonly limiter: RequestLimiter,
  ) {}

  /**
   * Who makes a request, by the first token that is present, whatever its form; a wrong one is not
   * rescued by a later one. A good one is always served, for many may share an address with someone
   * whose token has ended. Each wrong one counts where a good one is needed; elsewhere its sender is
   * nobody in particular, and limited as that.
   *
   * @returns undefined where there is no token or no session of it
   * @throws ProtocolException too many requests, for a wrong token
   */
  async identify(request: Request): Promise<Identity | undefined> {
    const token = tokenOf(request);
    if (token === undefined) return undefined;
    const known = this.looked.get(request);
    if (known?.token === token) return known.identity;
    const identity = this.look(request, token);
    this.looked.set(request, { token, identity });
    return identity;
  }

  /**
   * Who makes the request of an action that checks the session itself, where the session is in the cache.
   * A wrong parameter may then be told before an ended session, for as long as the cache holds it.
   */
  cached(request: Request): Identity | undefined {
    if (!request.context.action?.provesSession) return undefined;
    const token = tokenOf(request);
    return isToken(token) ? this.tokens.cached(token) : undefined;
  }

  /** To be called where a signed-in request was found to be not signed in any more. */
  forget({ context: { identity } }: Request): void {
    if (identity) this.tokens.forget(identity.token);
  }

  /**
   * The error for a caller who is not signed in. Counts the refusal against the caller's address.
   *
   * @throws ProtocolException too many requests
   */
  async refusal(request: Request): Promise<ProtocolException> {
    await this.limiter.countAddress('refusals', request);
    return new ProtocolException(protocolFailures.notLoggedIn);
  }

  private async look(request: Request, token: unknown): Promise<Identity | undefined> {
    const mayBeGood =
      isToken(token) && (!this.isSuspect(request) || (await this.tokens.isIssued(token)));
    const identity = mayBeGood ? await this.tokens.resolve(token) : undefined;
    if (!identity && !request.context.action?.public) {
      await this.limiter.countAddress('wrongTokens', request);
    }
    return identity;
  }

  /**
   * Whether the request comes from an address whose requests without a good token are being stopped, so
   * that its tokens must not cost a statement each.
   */
  private isSuspect(request: Request): boolean {
    const { action } = request.context;
    const limit = action?.public
      ? limitOf({ ...request.context, identity: undefined })
      : 'wrongTokens';
    return limit !== undefined && this.limiter.hasUsedUp(limit, request);
  }
}

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
