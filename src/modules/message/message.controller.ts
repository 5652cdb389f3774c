import { Body, Controller } from '@nestjs/common';
import type { Language } from '../../envelope/message-catalogue.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { type Page, PageDto } from '../../protocol/request/paging.js';
import { CurrentLanguage, CurrentUser } from '../../protocol/request/request.decorators.js';
import { Limit, Write } from '../../protocol/routing/action.decorators.js';
import { ApiMessageIndex } from './message.openapi.js';
import { MessageService } from './message.service.js';
import type { MessageView } from './message.view.js';

/** Messages to the user (消息). */
@Controller('message')
export class MessageController {
  constructor(private readonly messages: MessageService) {}

  /** Marks what it shows, so it is a write; it is asked for as often as any other list. */
  @Write('index')
  @Limit('userReads')
  @ApiMessageIndex()
  index(
    @CurrentUser() user: Identity,
    @Body() page: PageDto,
    @CurrentLanguage() language: Language,
  ): Promise<Page<MessageView>> {
    return this.messages.index(user, page, language);
  }
}
