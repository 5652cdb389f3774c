import type { UserAudit } from './entities/user-audit.entity.js';

/** A row of the trail as its user may see it: without the operator's name. */
export type AuditEntry = Omit<UserAudit, 'user_id' | 'session_id' | 'operator'>;
