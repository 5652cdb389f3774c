import { Body, Controller } from '@nestjs/common';
import { ProvesSession, Read, Write } from '../../protocol/routing/action.decorators.js';
import type { Language } from '../../envelope/message-catalogue.js';
import type { Origin } from '../../protocol/request/origin.js';
import {
  CurrentLanguage,
  CurrentOrigin,
  CurrentUser,
  Parameters,
} from '../../protocol/request/request.decorators.js';
import { PageDto } from '../../protocol/request/paging.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { ApiPersonalChanges } from './changes.openapi.js';
import { ChangesService, type PersonalChanges } from './changes.service.js';
import { SavePersonalDto } from './dto/save-personal.dto.js';
import { ApiPersonalIndex, ApiPersonalSave } from './personal.openapi.js';
import { personalMessages } from './personal.messages.js';
import { type PersonalIndex, PersonalService } from './personal.service.js';
import type { UserView } from './user.view.js';

/** The user's own profile (个人资料). */
@Controller('personal')
export class PersonalController {
  constructor(
    private readonly personal: PersonalService,
    private readonly history: ChangesService,
  ) {}

  @Read('index')
  @ProvesSession()
  @ApiPersonalIndex()
  index(@CurrentUser() user: Identity, @CurrentOrigin() origin: Origin): Promise<PersonalIndex> {
    return this.personal.index(user, origin);
  }

  @Write('save', { message: personalMessages('saved') })
  @ProvesSession()
  @ApiPersonalSave()
  save(
    @CurrentUser() user: Identity,
    @Body() dto: SavePersonalDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<UserView> {
    return this.personal.save(user, dto, origin);
  }

  @Read('changes')
  @ApiPersonalChanges()
  changes(
    @CurrentUser() user: Identity,
    @Parameters() page: PageDto,
    @CurrentLanguage() language: Language,
  ): Promise<PersonalChanges> {
    return this.history.list(user, page, language);
  }
}
