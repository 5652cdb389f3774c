import { Global, Module } from '@nestjs/common';
import { TOKEN_RESOLVER } from '../../protocol/auth/token-resolver.js';
import { IssuedTokens } from './issued-tokens.js';
import { SessionCache } from './session-cache.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';

/** Keeps the sessions and tells the protocol whose a token is. */
@Global()
@Module({
  providers: [
    IssuedTokens,
    SessionRepository,
    SessionCache,
    SessionService,
    { provide: TOKEN_RESOLVER, useExisting: SessionService },
  ],
  exports: [SessionService, TOKEN_RESOLVER],
})
export class SessionModule {}
