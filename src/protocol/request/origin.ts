import type { Request } from 'express';
import { addressOf } from '../../http/client-address.js';
import type { Language } from '../../envelope/message-catalogue.js';
import {
  type Application,
  type ClientType,
  languageOf,
  readPublicParameters,
} from './request-context.js';

/** Where a request or an operator's command comes from, for services, which know no HTTP. */
export interface Origin {
  /** In the answer's `X-Request-Id` and in the log. */
  readonly requestId: string;
  /** The session that asks; none where nobody is logged in. */
  readonly sessionId?: string;
  /** `app` is ShopXO's uni-app client. */
  readonly application: Application;
  /** `operator` for the command line. */
  readonly clientType: ClientType | 'operator';
  /** 1–60 of `a-z A-Z 0-9 _ -`. */
  readonly systemType: string;
  /** The network address, as far as `TRUST_PROXY` believes it; else `unknown`. */
  readonly address: string;
  readonly language: Language;
  /** Who gave the command, 1–60 characters; absent for a request. */
  readonly operator?: string;
}

/** What an answer's form depends on. */
export type Audience = Pick<Origin, 'application' | 'language'>;

/** The origin of a request whose public parameters are right. */
export function originOf(request: Request): Origin {
  const { requestId, identity, publicParameters } = request.context;
  const { application, clientType, systemType } = publicParameters ?? readPublicParameters(request);
  return {
    requestId,
    ...(identity && { sessionId: identity.sessionId }),
    application,
    clientType,
    systemType,
    address: addressOf(request),
    language: languageOf(request),
  };
}
