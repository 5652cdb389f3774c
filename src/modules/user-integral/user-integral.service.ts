import { Injectable } from '@nestjs/common';
import { HttpSettings } from '../../config/http.settings.js';
import { Transactions } from '../../database/transactions.js';
import { type Language, translate } from '../../envelope/message-catalogue.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { type Page, type PageDto, pageOf } from '../../protocol/request/paging.js';
import { MessageService } from '../message/message.service.js';
import { userIntegralMessages as message } from './user-integral.messages.js';
import {
  type IntegralKind,
  MOST_POINTS,
  UserIntegralRepository,
} from './user-integral.repository.js';
import {
  toUserIntegralHeader,
  toUserIntegralView,
  type UserIntegralHeader,
  type UserIntegralView,
} from './user-integral.view.js';

/** userintegral/index's `data`. */
export interface UserIntegralIndex extends Page<UserIntegralView> {
  /** On the first page only. */
  readonly user_integral_header?: UserIntegralHeader;
}

/** A change of a user's points. */
export interface IntegralChange {
  readonly userId: string;
  /** `valid` points can be spent, `locked` ones not yet. */
  readonly kind: IntegralKind;
  /** A whole number; below 0 takes points away. */
  readonly amount: number;
  /** Why, for people and in `language`; up to 1,000 characters. */
  readonly reason: string;
  /** Of the message that tells the user. */
  readonly language: Language;
  /** The id of the administrator who makes the change. */
  readonly operatorId?: string;
  /**
   * What it is made for, up to 190 characters: a second change of the user's with the same one is not made.
   * For listeners of durable events, which may come again.
   */
  readonly reference?: string;
}

/**
 * What became of a change. Nothing is changed but where it is `changed`: `known` where there is one with
 * its reference, `out of range` where the balance would be below 0 or above 2,147,483,647.
 */
export type IntegralOutcome = 'changed' | 'known' | 'out of range' | 'account ended';

const isAmount = (amount: number): boolean =>
  Number.isInteger(amount) && amount !== 0 && Math.abs(amount) <= MOST_POINTS;

/** Points of users. Any module changes them here, and nowhere else. */
@Injectable()
export class UserIntegralService {
  constructor(
    private readonly database: Transactions,
    private readonly points: UserIntegralRepository,
    private readonly messages: MessageService,
    private readonly http: HttpSettings,
  ) {}

  /**
   * A page of the caller's changes, newest first; on the first one the balance as well.
   *
   * @throws ProtocolException not logged in, where the account ended since the token was resolved
   */
  async index({ userId }: Identity, page: PageDto, language: Language): Promise<UserIntegralIndex> {
    const found = await this.points.list(userId, page);
    const list = pageOf(page, found, (row) => toUserIntegralView(row, language));
    if (page.page > 1) return list;
    const balance = await this.points.balance(userId);
    if (!balance) throw new ProtocolException(protocolFailures.notLoggedIn);
    const toUrl = (path: string) => this.http.publicUrl + path;
    return { ...list, user_integral_header: toUserIntegralHeader(balance, language, toUrl) };
  }

  /**
   * Changes points and tells the user, as a part of the caller's transaction where there is one.
   *
   * @throws RangeError an amount that is 0 or no whole number, or that no balance holds
   */
  async change(change: IntegralChange): Promise<IntegralOutcome> {
    if (!isAmount(change.amount)) {
      throw new RangeError(`points change by a whole number other than 0, not by ${change.amount}`);
    }
    const { userId, language, operatorId = '0', reference = null } = change;
    return this.database.transaction(async () => {
      const changed = await this.points.change({ ...change, operatorId, reference });
      if (typeof changed === 'string') return changed;
      await this.messages.send({
        userId,
        title: translate(language, message('message.title')),
        text: this.describe(change),
        businessType: translate(language, message('message.businessType')),
        businessId: changed.id,
      });
      return 'changed';
    });
  }

  private describe({ kind, amount, reason, language }: IntegralChange): string {
    return translate(language, message(amount < 0 ? 'message.less' : 'message.more'), {
      reason,
      kind: translate(language, message(`type.${kind}`)),
      amount: Math.abs(amount),
    });
  }
}
