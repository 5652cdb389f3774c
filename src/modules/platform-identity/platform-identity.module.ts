import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { PersonalModule } from '../personal/personal.module.js';
import { SessionModule } from '../session/session.module.js';
import { MobileProofRepository } from './mobile-proof.repository.js';
import { PlatformIdentityRepository } from './platform-identity.repository.js';
import { PlatformLinks } from './platform-links.service.js';
import { PlatformSessionKeyRepository } from './platform-session-key.repository.js';
import { PlatformTicketRepository } from './platform-ticket.repository.js';
import { PlatformTickets } from './platform-tickets.service.js';

/** Who accounts are for the platforms of mini-programs, and what those platforms have proven. */
@Module({
  imports: [AuditModule, PersonalModule, SessionModule],
  providers: [
    PlatformIdentityRepository,
    PlatformTicketRepository,
    PlatformSessionKeyRepository,
    MobileProofRepository,
    PlatformTickets,
    PlatformLinks,
  ],
  exports: [PlatformIdentityRepository, MobileProofRepository, PlatformTickets, PlatformLinks],
})
export class PlatformIdentityModule {}
