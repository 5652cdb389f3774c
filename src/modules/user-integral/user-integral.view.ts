import { type Language, translate } from '../../envelope/message-catalogue.js';
import { dateText, epochSeconds, timeText } from '../../protocol/views/time.js';
import type { User } from '../personal/entities/user.entity.js';
import {
  IntegralType,
  OperationType,
  type UserIntegralLog,
} from './entities/user-integral-log.entity.js';
import { userIntegralMessages as message } from './user-integral.messages.js';

/** What a change of points looks like on the wire: every field a string, in ShopXO's order. */
export type UserIntegralView = ReturnType<typeof toUserIntegralView>;

/** A change as it is stored, without whose it is and who made it. */
export type ShownChange = Omit<UserIntegralLog, 'user_id' | 'operation_id' | 'reference'>;

export const toUserIntegralView = (row: ShownChange, language: Language) => ({
  id: row.id,
  integral_type: String(row.integral_type),
  operation_type: String(row.operation_type),
  original_integral: String(row.original_integral),
  new_integral: String(row.new_integral),
  operation_integral: String(row.operation_integral),
  msg: row.msg,
  add_time: epochSeconds(row.add_time),
  integral_type_text: translate(
    language,
    message(row.integral_type === IntegralType.valid ? 'type.valid' : 'type.locked'),
  ),
  operation_type_text: translate(
    language,
    message(row.operation_type === OperationType.more ? 'operation.more' : 'operation.less'),
  ),
  add_time_time: timeText(row.add_time),
  add_time_date: dateText(row.add_time),
});

/** What a user has. */
export type Balance = Pick<User, 'integral' | 'locking_integral'>;

/** The balance above the list of changes. */
export type UserIntegralHeader = ReturnType<typeof toUserIntegralHeader>;

/** @param toUrl from the path of a public file to its URL */
export const toUserIntegralHeader = (
  { integral, locking_integral }: Balance,
  language: Language,
  toUrl: (path: string) => string,
) => {
  const part = (icon: string, name: 'available' | 'locked', value: number) => ({
    icon: toUrl(icon),
    name: translate(language, message(name)),
    value: String(value),
    unit: translate(language, message('unit')),
  });
  return {
    available: part('/static/index/default/images/integral.png', 'available', integral),
    locking: part('/static/index/default/images/lock.png', 'locked', locking_integral),
  };
};
