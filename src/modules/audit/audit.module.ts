import { Module } from '@nestjs/common';
import { AuditBoundService } from './audit-bound.service.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';

/**
 * The audit trail: what happened to accounts. Repositories write it in their own statements with
 * audit-row.ts; modules above read it through `AuditService`.
 */
@Module({
  providers: [AuditService, AuditRepository, AuditBoundService],
  exports: [AuditService],
})
export class AuditModule {}
