import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventListeners } from './event-listeners.js';
import { OutboxRepository } from './outbox.repository.js';
import { OutboxWorker } from './outbox.worker.js';

/**
 * Delivers durable events. It is not global, so that it stops before what is, the database above all.
 */
@Module({
  imports: [DiscoveryModule],
  providers: [EventListeners, OutboxRepository, OutboxWorker],
  exports: [EventListeners, OutboxRepository, OutboxWorker],
})
export class OutboxModule {}
