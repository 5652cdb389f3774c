import { Body, Controller } from '@nestjs/common';
import { Read, Write } from '../../protocol/action.decorators.js';
import type { Language } from '../../protocol/languages.js';
import { CurrentLanguage, CurrentUser } from '../../protocol/request.decorators.js';
import type { Identity } from '../../protocol/token-resolver.js';
import { SavePersonalDto } from './dto/save-personal.dto.js';
import { ApiPersonalIndex, ApiPersonalSave } from './personal.openapi.js';
import { personalMessages } from './personal.messages.js';
import { type PersonalIndex, PersonalService } from './personal.service.js';
import type { UserView } from './user-view.js';

/** The user's own profile (个人资料). */
@Controller('personal')
export class PersonalController {
  constructor(private readonly personal: PersonalService) {}

  @Read('index')
  @ApiPersonalIndex()
  index(
    @CurrentUser() user: Identity,
    @CurrentLanguage() language: Language,
  ): Promise<PersonalIndex> {
    return this.personal.index(user, language);
  }

  @Write('save', { message: personalMessages('saved') })
  @ApiPersonalSave()
  save(
    @CurrentUser() user: Identity,
    @Body() dto: SavePersonalDto,
    @CurrentLanguage() language: Language,
  ): Promise<UserView> {
    return this.personal.save(user, dto, language);
  }
}
