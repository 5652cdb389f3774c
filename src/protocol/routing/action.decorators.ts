import { All, applyDecorators, HttpCode, HttpStatus, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { ActionLimit } from '../limits/request-limiter.js';
import type { UploadRule } from '../../http/multipart-form.js';
import type { MessageKey } from '../../envelope/message-catalogue.js';

/** Metadata keys of the decorators below, for whoever reflects on handlers. */
export const ActionMetadata = {
  methods: 'protocol:methods',
  message: 'protocol:message',
  account: 'protocol:account',
  public: 'protocol:public',
  plain: 'protocol:plain',
  upload: 'protocol:upload',
  limit: 'protocol:limit',
  provesSession: 'protocol:proves-session',
} as const;

const READ_METHODS = ['GET', 'HEAD', 'POST'] as const;
const WRITE_METHODS = ['POST'] as const;
const PLAIN_READ_METHODS = ['GET', 'HEAD'] as const;

/** The methods of an action in its OpenAPI operations, where Nest's `@All()` says every method. */
export const METHODS_EXTENSION = 'x-methods';

interface ActionOptions {
  /** The success message; `success` where absent. */
  readonly message?: MessageKey;
}

interface WriteOptions extends ActionOptions {
  /** The parameter that names an account, of an action that needs no session; for security events. */
  readonly account?: string;
}

/** A route at which other methods than its own are refused, and not unknown. */
const route = (action: string, methods: readonly string[]): MethodDecorator =>
  applyDecorators(
    All(action),
    HttpCode(HttpStatus.OK),
    SetMetadata(ActionMetadata.methods, methods),
    ApiExtension(METHODS_EXTENSION, methods),
  );

/**
 * A route that changes nothing and answers GET and POST, as ShopXO's clients use both. Its own
 * parameters come from the query string and the body (`@Parameters()`).
 *
 * @param action the second half of ShopXO's `controller/action`
 */
export const Read = (action: string, { message }: ActionOptions = {}): MethodDecorator =>
  applyDecorators(route(action, READ_METHODS), SetMetadata(ActionMetadata.message, message));

/**
 * A route that changes something: POST only, for anything else could be forged by another site. Its
 * own parameters come from the body (`@Body()`).
 *
 * @param action the second half of ShopXO's `controller/action`
 */
export const Write = (action: string, { message, account }: WriteOptions = {}): MethodDecorator =>
  applyDecorators(
    route(action, WRITE_METHODS),
    SetMetadata(ActionMetadata.message, message),
    SetMetadata(ActionMetadata.account, account),
  );

/** A route of a `@Plain()` controller that is read. */
export const PlainRead = (path: string): MethodDecorator => route(path, PLAIN_READ_METHODS);

/** Opens a route to callers without a token. Every other route is closed. */
export const Public = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ActionMetadata.public, true);

/**
 * A route for operators and not for shop clients: it answers in its own form, needs no token, reads
 * no public parameters and is not reachable through the entry script.
 */
export const Plain = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ActionMetadata.plain, true), Public());

/**
 * The limit that an action falls under, where it is not the one of its kind: for a read that costs as
 * much as a write, say.
 */
export const Limit = (limit: ActionLimit): MethodDecorator =>
  SetMetadata(ActionMetadata.limit, limit);

/**
 * For an action whose own statement checks the session and its account again, and fails with "not logged
 * in" where either has ended. Its token may be answered from the session cache instead of being looked up
 * for each request. Every other action has its token looked up.
 */
export const ProvesSession = (): MethodDecorator => SetMetadata(ActionMetadata.provesSession, true);

/**
 * Lets a route take a file in a multipart body, beside text fields; `@UploadedBytes()` hands it over.
 * A body of another type is read as on any route, and then there is no file.
 */
export const Upload = (rule: UploadRule): MethodDecorator =>
  SetMetadata(ActionMetadata.upload, rule);
