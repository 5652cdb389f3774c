import { Injectable } from '@nestjs/common';
import type { Language } from '../../envelope/message-catalogue.js';
import { type Page, type PageDto, pageOf } from '../../protocol/request/paging.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { AuditService } from '../audit/audit.service.js';
import { AvatarUrls } from './avatar-urls.js';
import { type ChangeView, toChangeView } from './change.view.js';

/** personal/changes' `data`, newest first. */
export type PersonalChanges = Page<ChangeView>;

/** What happened to the account of who asks. */
@Injectable()
export class ChangesService {
  constructor(
    private readonly audit: AuditService,
    private readonly avatars: AvatarUrls,
  ) {}

  async list({ userId }: Identity, page: PageDto, language: Language): Promise<PersonalChanges> {
    const found = await this.audit.list(userId, page);
    return pageOf(page, found, (entry) => toChangeView(entry, language, this.avatars));
  }
}
