import { Module } from '@nestjs/common';
import { SecurityLog } from './security-log.js';

/** What is logged for operators beside the lines of requests. */
@Module({ providers: [SecurityLog], exports: [SecurityLog] })
export class LoggingModule {}
