import { Transform, type TransformFnParams } from 'class-transformer';
import { epochSeconds, timeText } from '../shared/time.mjs';
import { genderText, mask } from '../shared/view.mjs';
import type { AvatarUrls } from '../shared/checks.mjs';
import type { User, UserPlatform, UserSession } from './entities.js';

const AsText = (): PropertyDecorator =>
  Transform(({ value }: TransformFnParams) => String(value as number));

/** The user object, as `ClassSerializerInterceptor` sends it. */
export class UserView {
  id: string;
  number_code: string;
  system_type: string;
  alipay_openid: string;
  weixin_openid: string;
  weixin_unionid: string;
  weixin_web_openid: string;
  baidu_openid: string;
  toutiao_openid: string;
  toutiao_unionid: string;
  qq_openid: string;
  qq_unionid: string;
  kuaishou_openid: string;
  @AsText() status: number;
  token: string;
  username: string;
  nickname: string;
  mobile: string;
  email: string;
  @AsText() gender: number;
  avatar: string;
  province: string;
  city: string;
  county: string;
  birthday: string;
  address: string;
  @AsText() integral: number;
  @AsText() locking_integral: number;
  referrer: string;
  plugins_user_level = '0';
  plugins_distribution_level = '0';
  is_delete_time = '0';
  add_time: string;
  upd_time: string;
  add_time_text: string;
  upd_time_text: string;
  gender_text: string;
  mobile_security: string;
  email_security: string;
  address_info: string;
  user_name_view: string;

  constructor(
    user: User,
    platform: UserPlatform | null,
    session: UserSession,
    token: string,
    avatars: AvatarUrls,
  ) {
    this.id = user.id;
    this.number_code = user.number_code;
    this.system_type = session.system_type;
    this.alipay_openid = platform?.alipay_openid ?? '';
    this.weixin_openid = platform?.weixin_openid ?? '';
    this.weixin_unionid = platform?.weixin_unionid ?? '';
    this.weixin_web_openid = platform?.weixin_web_openid ?? '';
    this.baidu_openid = platform?.baidu_openid ?? '';
    this.toutiao_openid = platform?.toutiao_openid ?? '';
    this.toutiao_unionid = platform?.toutiao_unionid ?? '';
    this.qq_openid = platform?.qq_openid ?? '';
    this.qq_unionid = platform?.qq_unionid ?? '';
    this.kuaishou_openid = platform?.kuaishou_openid ?? '';
    this.status = user.status;
    this.token = token;
    this.username = user.username;
    this.nickname = user.nickname;
    this.mobile = user.mobile;
    this.email = user.email;
    this.gender = user.gender;
    this.avatar = avatars.toUrl(user.avatar);
    this.province = user.province;
    this.city = user.city;
    this.county = user.county;
    this.birthday = user.birthday ?? '';
    this.address = user.address;
    this.integral = user.integral;
    this.locking_integral = user.locking_integral;
    this.referrer = user.referrer ?? '0';
    this.add_time = epochSeconds(user.add_time);
    this.upd_time = epochSeconds(user.upd_time);
    this.add_time_text = timeText(user.add_time);
    this.upd_time_text = timeText(user.upd_time);
    this.gender_text = genderText(user.gender);
    this.mobile_security = mask(user.mobile);
    this.email_security = mask(user.email);
    this.address_info = user.province + user.city + user.county + user.address;
    this.user_name_view =
      user.username || user.nickname || this.mobile_security || this.email_security;
  }
}
