import type { UserView } from '../../src/modules/personal/user.view.js';
import type { MiniProgramType } from '../../src/modules/platform-identity/mini-program-type.js';
import { type PlatformServer, type PlatformUser, seal, sealForBaidu } from './platform-server.js';
import { type Answer, json, send } from './wire.js';

/** What user/appminiuserauth answers. */
export type AuthData = Partial<UserView> & {
  readonly is_user_exist: 0 | 1;
  readonly openid?: string;
  readonly is_mandatory_bind_mobile?: number;
};

interface Body<T> {
  readonly msg: string;
  readonly code: number;
  readonly data: T;
}

/**
 * ShopXO's open-source uni-app client (gongfuxiang/shopxo-uniapp) as a mini-program of one platform: its query
 * string, its JSON bodies, and the two things that it stores, who is logged in and what a first exchange
 * answered (`cache_user_login_key`).
 */
export class MiniProgramClient {
  user: UserView | null = null;
  login: AuthData | null = null;
  private sessionKey = '';

  constructor(
    private readonly url: string,
    private readonly platforms: PlatformServer,
    readonly type: MiniProgramType,
    readonly me: PlatformUser,
    private readonly systemType = 'default',
  ) {}

  async request<T = UserView>(action: string, data: object = {}): Promise<Body<T>> {
    return (await this.answer(action, data)).body as Body<T>;
  }

  /** The same with status and headers. */
  answer(action: string, data: object = {}): Promise<Answer> {
    const path =
      `/api.php?s=${action}&system_type=${this.systemType}&application=app` +
      `&application_client_type=${this.type}&token=${this.user?.token ?? ''}` +
      '&uuid=5a1c0d6e-7b1f-4a53-9a53-0f1d2c3b4a59&lang=zh&theme=yellow&ajax=ajax';
    return send(this.url, json(path, data));
  }

  /** `user_login_handle`: the platform's code goes to appminiuserauth, and its answer into the store. */
  async userLogin(): Promise<Body<AuthData>> {
    const { code, sessionKey } = this.platforms.logIn(this.type, this.me);
    this.sessionKey = sessionKey;
    const body = await this.request<AuthData>('user/appminiuserauth', { authcode: code });
    if (body.code === 0) {
      if (body.data.is_user_exist === 1 || this.type === 'weixin') {
        this.user = body.data as UserView;
      } else {
        this.login = body.data;
      }
    }
    return body;
  }

  /** `get_user_login_info`: the stored answer goes to appminiuserinfo with what the platform says. */
  async userInfo(authData: object = this.authData()): Promise<Body<UserView>> {
    const { openid, unionid } = (this.login ?? {}) as { openid?: string; unionid?: string };
    const body = await this.request('user/appminiuserinfo', {
      auth_data: JSON.stringify(authData),
      openid,
      unionid,
    });
    if (body.code === 0) this.user = body.data;
    return body;
  }

  /** Signs in by whatever this platform needs, and gives the user object. */
  async signIn(): Promise<UserView> {
    const { code, msg } = await this.userLogin();
    if (code !== 0) throw new Error(msg);
    if (!this.user) await this.userInfo();
    if (!this.user) throw new Error('not signed in');
    return this.user;
  }

  /** What the platform hands to the page of the login button. */
  authData(nickname = 'p001', gender: number | string = 2): object {
    const { openid } = this.me;
    switch (this.type) {
      case 'qq':
        return this.sealed({ openId: openid, nickName: nickname, gender });
      case 'baidu':
        return this.sealed({ openid, nickname, sex: gender });
      case 'alipay':
        return { nickName: nickname, avatar: 'http://avatar.test/a.png', gender: 'f' };
      default:
        return { nickName: nickname, avatarUrl: 'http://avatar.test/a.png', gender };
    }
  }

  /** What the platform encrypts for this user's last login. */
  sealed(value: object, appId = `${this.type.startsWith('q') ? 'qq' : 'tt'}0`) {
    return this.type === 'baidu'
      ? sealForBaidu(value, this.sessionKey)
      : seal(value, this.sessionKey, appId);
  }

  /** The fields of a form that only mini-programs have. */
  formFields(): object {
    const from = (this.user ?? this.login ?? {}) as Record<string, unknown>;
    return {
      nickname: from.nickname,
      avatar: from.avatar,
      [`${this.type}_openid`]: from[`${this.type}_openid`] ?? '',
      [`${this.type}_unionid`]: from[`${this.type}_unionid`] ?? '',
    };
  }

  /** `confirm_phone_number_event`: `null` for what the platform does not give. */
  mobileFields(given: { code?: string; encrypted_data?: string; iv?: string }): object {
    const from = (this.user ?? this.login ?? {}) as Record<string, unknown>;
    const { code = null, encrypted_data = null, iv = null } = given;
    const openid = from[`${this.type}_openid`] ?? '';
    return { encrypted_data, iv, code, openid, [`${this.type}_unionid`]: '' };
  }
}
