import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { type ActionLimit, RequestLimiter } from '../limits/request-limiter.js';
import type { UploadRule } from '../../http/multipart-form.js';
import { ActionMetadata } from './action.decorators.js';
import type { MessageKey } from '../../envelope/message-catalogue.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';

/** What the decorators of the handler that the router has found say of it. */
export interface Action {
  /** Its path as declared, e.g. `/personal/save`. */
  readonly path: string;
  /** Upper-case HTTP methods that it serves. */
  readonly methods: readonly string[];
  /** Made with `@Read()`, `@Write()` or `@PlainRead()`, not with one of Nest's own decorators. */
  readonly isOfProtocol: boolean;
  /** Answers callers without a token. */
  readonly public: boolean;
  /** Stands outside ShopXO's protocol, see `@Plain()`. */
  readonly plain: boolean;
  /** The file that it takes, see `@Upload()`. */
  readonly upload?: UploadRule;
  /** The parameter that names an account, where no session does, see `@Write()`. */
  readonly account?: string;
  /** What a success says; `success` where absent. */
  readonly message?: MessageKey;
  /** The limit that it names, see `@Limit()`. */
  readonly limit?: ActionLimit;
  /** Its own statement proves the session, see `@ProvesSession()`. */
  readonly provesSession: boolean;
}

/** What Express says of a route that it has found. */
interface Route {
  /** As declared, e.g. `/personal/save`. */
  readonly path: string;
}

/** Comes first: tells those behind it what the action is, and refuses methods that it does not serve. */
@Injectable()
export class ActionGuard implements CanActivate {
  /** By the router's routes, each of which has one handler. Nest's own decorators say less of theirs. */
  private readonly actions = new WeakMap<Route, Action>();

  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: RequestLimiter,
  ) {}

  /**
   * @throws ProtocolException method not allowed; no such route, where the entry script names what is not
   *   ShopXO's; after too many of either from an address, too many requests
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const action = this.actionOf(context, request);
    if (action.plain && request.context.isEntryScript) {
      throw await this.refusal(request, new ProtocolException(protocolFailures.noSuchRoute));
    }
    request.context.action = action;
    if (!action.methods.includes(request.method)) {
      throw await this.refusal(request, methodNotAllowed(request.method, action));
    }
    return true;
  }

  /** An error that counts against the address that a request comes from. */
  private async refusal(request: Request, error: ProtocolException): Promise<ProtocolException> {
    await this.limiter.countAddress('refusals', request);
    return error;
  }

  private actionOf(context: ExecutionContext, { method, route }: Request): Action {
    const known = this.actions.get(route as Route);
    if (known) return known;
    const action = this.describe(context, (route as Route).path, method);
    if (action.isOfProtocol) this.actions.set(route as Route, action);
    return action;
  }

  private describe(context: ExecutionContext, path: string, method: string): Action {
    const handler = context.getHandler();
    const flag = (key: string) =>
      this.reflector.getAllAndOverride<boolean | undefined>(key, [handler, context.getClass()]) ??
      false;
    const methods = this.reflector.get<readonly string[] | undefined>(
      ActionMetadata.methods,
      handler,
    );
    return {
      path,
      methods: methods ?? methodsLike(method),
      isOfProtocol: methods !== undefined,
      public: flag(ActionMetadata.public),
      plain: flag(ActionMetadata.plain),
      upload: this.reflector.get<UploadRule | undefined>(ActionMetadata.upload, handler),
      account: this.reflector.get<string | undefined>(ActionMetadata.account, handler),
      message: this.reflector.get<MessageKey | undefined>(ActionMetadata.message, handler),
      limit: this.reflector.get<ActionLimit | undefined>(ActionMetadata.limit, handler),
      provesSession:
        this.reflector.get<boolean | undefined>(ActionMetadata.provesSession, handler) ?? false,
    };
  }
}

/** The methods of a handler of Nest's own decorators: the router has seen to it that it serves this one. */
const methodsLike = (method: string): readonly string[] =>
  method === 'GET' || method === 'HEAD' ? ['GET', 'HEAD'] : [method];

function methodNotAllowed(method: string, { methods }: Action): ProtocolException {
  const allowed = methods.join(', ');
  return new ProtocolException(
    protocolFailures.methodNotAllowed,
    { method, allowed },
    { Allow: allowed },
  );
}
