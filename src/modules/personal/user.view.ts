import { type Language, translate } from '../../envelope/message-catalogue.js';
import { maskMiddle } from '../../protocol/views/mask.js';
import { epochSeconds, timeText } from '../../protocol/views/time.js';
import type { Audience } from '../../protocol/request/origin.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { Gender } from './entities/user.entity.js';
import { type AvatarUrls } from './avatar-urls.js';
import { personalMessages } from './personal.messages.js';
import type { Profile } from './user.repository.js';

/**
 * ShopXO's 用户基础数据: 41 fields in this order, every one a string; for `application=app` one more,
 * `is_setup_pwd`.
 */
export type UserView = ReturnType<typeof toUserView>;

const GENDER_MESSAGES = {
  [Gender.undisclosed]: personalMessages('gender.0'),
  [Gender.female]: personalMessages('gender.1'),
  [Gender.male]: personalMessages('gender.2'),
} as const;

/** A gender's name, as `gender_text` and personal/index show it. */
export const genderName = (gender: number, language: Language): string =>
  translate(language, GENDER_MESSAGES[gender as keyof typeof GENDER_MESSAGES]);

/** ShopXO's `138***678`; empty stays empty. */
const mask = (contact: string): string =>
  contact && maskMiddle(contact, { start: 3, end: 3, stars: 3 });

/**
 * What a profile looks like on the wire. The order of the fields is the protocol's.
 *
 * @param profile the row, without its password
 * @param identity the session that asks: its token and system type are part of the answer
 * @param audience `app` is told whether there is a password, to ask for it before a change
 */
export function toUserView(
  profile: Profile,
  identity: Identity,
  { application, language }: Audience,
  avatars: AvatarUrls,
) {
  const { platform } = profile;
  const mobileSecurity = mask(profile.mobile);
  const emailSecurity = mask(profile.email);
  return {
    id: profile.id,
    number_code: profile.number_code,
    system_type: identity.systemType,
    alipay_openid: platform?.alipay_openid ?? '',
    weixin_openid: platform?.weixin_openid ?? '',
    weixin_unionid: platform?.weixin_unionid ?? '',
    weixin_web_openid: platform?.weixin_web_openid ?? '',
    baidu_openid: platform?.baidu_openid ?? '',
    toutiao_openid: platform?.toutiao_openid ?? '',
    toutiao_unionid: platform?.toutiao_unionid ?? '',
    qq_openid: platform?.qq_openid ?? '',
    qq_unionid: platform?.qq_unionid ?? '',
    kuaishou_openid: platform?.kuaishou_openid ?? '',
    status: String(profile.status),
    token: identity.token,
    username: profile.username,
    nickname: profile.nickname,
    mobile: profile.mobile,
    email: profile.email,
    gender: String(profile.gender),
    avatar: avatars.toUrl(profile.avatar),
    province: profile.province,
    city: profile.city,
    county: profile.county,
    birthday: profile.birthday ?? '',
    address: profile.address,
    integral: String(profile.integral),
    locking_integral: String(profile.locking_integral),
    referrer: profile.referrer ?? '0',
    // Levels that ShopXO's plugins would set; there are none.
    plugins_user_level: '0',
    plugins_distribution_level: '0',
    // Only a live account is ever shown.
    is_delete_time: '0',
    add_time: epochSeconds(profile.add_time),
    upd_time: epochSeconds(profile.upd_time),
    add_time_text: timeText(profile.add_time),
    upd_time_text: timeText(profile.upd_time),
    gender_text: genderName(profile.gender, language),
    mobile_security: mobileSecurity,
    email_security: emailSecurity,
    address_info: profile.province + profile.city + profile.county + profile.address,
    user_name_view: profile.username || profile.nickname || mobileSecurity || emailSecurity,
    ...(application === 'app' && { is_setup_pwd: profile.has_password ? '1' : '0' }),
  };
}
