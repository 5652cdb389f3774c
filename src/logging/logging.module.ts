import { Module } from '@nestjs/common';
import { SecurityLog } from './security-log.js';

/** Provides the log lines beside those of requests: security events. */
@Module({ providers: [SecurityLog], exports: [SecurityLog] })
export class LoggingModule {}
