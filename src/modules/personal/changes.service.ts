import { Injectable } from '@nestjs/common';
import type { Language } from '../../protocol/message-catalogue.js';
import type { Identity } from '../../protocol/token-resolver.js';
import { AuditService } from '../audit/audit.service.js';
import { AvatarUrls } from './avatar-urls.js';
import { type ChangeView, toChangeView } from './change.view.js';
import type { PersonalChangesDto } from './dto/personal-changes.dto.js';

/** personal/changes' `data`, as ShopXO pages lists. */
export interface PersonalChanges {
  readonly total: number;
  readonly page_total: number;
  readonly page: number;
  readonly page_size: number;
  /** Newest first. */
  readonly data: readonly ChangeView[];
}

/** What happened to the account of who asks. */
@Injectable()
export class ChangesService {
  constructor(
    private readonly audit: AuditService,
    private readonly avatars: AvatarUrls,
  ) {}

  async list(
    { userId }: Identity,
    { page, page_size }: PersonalChangesDto,
    language: Language,
  ): Promise<PersonalChanges> {
    const { total, entries } = await this.audit.list(userId, page, page_size);
    return {
      total,
      page_total: Math.ceil(total / page_size),
      page,
      page_size,
      data: entries.map((entry) => toChangeView(entry, language, this.avatars)),
    };
  }
}
