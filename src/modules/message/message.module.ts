import { Module } from '@nestjs/common';
import { MessageController } from './message.controller.js';
import { MessageListener } from './message.listener.js';
import { MessageRepository } from './message.repository.js';
import { MessageService } from './message.service.js';

/** Messages to users: message/index; other modules send them through `MessageService`. */
@Module({
  controllers: [MessageController],
  providers: [MessageService, MessageRepository, MessageListener],
  exports: [MessageService],
})
export class MessageModule {}
