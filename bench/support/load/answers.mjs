// What a right answer is: the whole text of it, in which only values differ.

/** @typedef {'save' | 'index'} Route */

/** The user object's fields, in the protocol's order. */
export const USER_FIELDS = [
  'id',
  'number_code',
  'system_type',
  'alipay_openid',
  'weixin_openid',
  'weixin_unionid',
  'weixin_web_openid',
  'baidu_openid',
  'toutiao_openid',
  'toutiao_unionid',
  'qq_openid',
  'qq_unionid',
  'kuaishou_openid',
  'status',
  'token',
  'username',
  'nickname',
  'mobile',
  'email',
  'gender',
  'avatar',
  'province',
  'city',
  'county',
  'birthday',
  'address',
  'integral',
  'locking_integral',
  'referrer',
  'plugins_user_level',
  'plugins_distribution_level',
  'is_delete_time',
  'add_time',
  'upd_time',
  'add_time_text',
  'upd_time_text',
  'gender_text',
  'mobile_security',
  'email_security',
  'address_info',
  'user_name_view',
];

/** What both pattern languages understand alike. */
const ANY = '[^"]*';
const CAPTURED = `(${ANY})`;

/**
 * A pattern that the whole body of a right answer matches; it captures the token and the nickname.
 *
 * @param {Route} route
 * @param {(text: string) => string} literal text of the pattern language
 */
function patternOf(route, literal) {
  const fields = USER_FIELDS.map((name) => {
    const value = name === 'token' || name === 'nickname' ? CAPTURED : ANY;
    return `${literal(`"${name}":"`)}${value}${literal('"')}`;
  });
  const user = literal('{') + fields.join(',') + literal('}');
  const genders = [0, 1, 2].map((id) => {
    const checked = id === 0 ? ',"checked":true' : '';
    return literal(`{"id":${id},"name":"`) + ANY + literal(`"${checked}}`);
  });
  const data = {
    save: user,
    index: `${literal('{"data":')}${user}${literal(',"gender_list":[')}${genders.join(',')}${literal(']}')}`,
  };
  return `^${literal('{"msg":"')}${ANY}${literal('","code":0,"data":')}${data[route]}${literal('}')}$`;
}

/** @param {Route} route */
export const regExpOf = (route) =>
  new RegExp(patternOf(route, (text) => text.replace(/[{}[\]]/g, '\\$&')));

/** @param {Route} route */
export const luaPatternOf = (route) => patternOf(route, (text) => text.replace(/[[\]]/g, '%$&'));

/** What a save sends besides its nickname. */
export const SAVED = {
  birthday: '1990-05-17',
  province: '上海',
  city: '上海市',
  county: '闵行区',
  gender: '1',
};
