import { Global, Module } from '@nestjs/common';
import { DomainEvents } from './domain-events.js';
import { OutboxModule } from './outbox.module.js';

/** Lets modules tell each other what happened without knowing each other. */
@Global()
@Module({ imports: [OutboxModule], providers: [DomainEvents], exports: [DomainEvents] })
export class EventsModule {}
