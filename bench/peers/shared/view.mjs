// The 41 fields of the user object, in the protocol's order.
import { epochSeconds, timeText } from './time.mjs';

/** @typedef {import('./checks.mjs').AvatarUrls} AvatarUrls */
/** @typedef {{ token: string, systemType: string }} Caller */

const GENDERS = ['保密', '女', '男'];

/** personal/index's `gender_list`. */
export const GENDER_LIST = GENDERS.map((name, id) => ({
  id,
  name,
  ...(id === 0 && { checked: true }),
}));

/** @param {number} gender */
export const genderText = (gender) => GENDERS[gender] ?? '';

/** @param {string} text @returns first three characters, `***`, last three; empty stays empty */
export function mask(text) {
  if (text === '') return '';
  const characters = Array.from(text);
  return `${characters.slice(0, 3).join('')}***${characters.slice(-3).join('')}`;
}

/**
 * @param {any} row as FIND_PROFILE and SAVE_PROFILE give it
 * @param {Caller} caller
 * @param {AvatarUrls} avatars
 */
export function userView(row, caller, avatars) {
  const { platform } = row;
  const mobileSecurity = mask(row.mobile);
  const emailSecurity = mask(row.email);
  return {
    id: row.id,
    number_code: row.number_code,
    system_type: caller.systemType,
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
    status: String(row.status),
    token: caller.token,
    username: row.username,
    nickname: row.nickname,
    mobile: row.mobile,
    email: row.email,
    gender: String(row.gender),
    avatar: avatars.toUrl(row.avatar),
    province: row.province,
    city: row.city,
    county: row.county,
    birthday: row.birthday ?? '',
    address: row.address,
    integral: String(row.integral),
    locking_integral: String(row.locking_integral),
    referrer: row.referrer ?? '0',
    plugins_user_level: '0',
    plugins_distribution_level: '0',
    is_delete_time: '0',
    add_time: epochSeconds(row.add_time),
    upd_time: epochSeconds(row.upd_time),
    add_time_text: timeText(row.add_time),
    upd_time_text: timeText(row.upd_time),
    gender_text: genderText(row.gender),
    mobile_security: mobileSecurity,
    email_security: emailSecurity,
    address_info: row.province + row.city + row.county + row.address,
    user_name_view: row.username || row.nickname || mobileSecurity || emailSecurity,
  };
}
