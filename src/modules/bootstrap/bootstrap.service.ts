import { Inject, Injectable } from '@nestjs/common';
import { HttpSettings } from '../../config/http.settings.js';
import { AttemptSettings } from '../../config/attempt.settings.js';
import { UserAddressSettings } from '../../config/user-address.settings.js';
import type { Language } from '../../envelope/message-catalogue.js';
import type { Audience } from '../../protocol/request/origin.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { AccountType } from '../account/account-type.js';
import { agreementUrl } from '../agreement/agreement.urls.js';
import { MessageService } from '../message/message.service.js';
import { PlatformList } from '../mini-program/platform-list.service.js';
import { AvatarUrls } from '../personal/avatar-urls.js';
import { PersonalService } from '../personal/personal.service.js';
import type { UserView } from '../personal/user.view.js';
import {
  type NavigationEntry,
  type TabBar,
  toNavigation,
  toTabBar,
} from './client-entries.view.js';
import { LOGIN_TYPES, type LoginTypes } from './login-types.js';

/** base/common's `data`: the part of ShopXO's that its clients cannot start without. */
export interface BaseCommon {
  /** The client waits for this 1 before it shows a page. */
  readonly status: 1;
  readonly config: {
    readonly home_user_login_type: readonly AccountType[];
    readonly home_user_reg_type: readonly AccountType[];
    /** 1: the client shows a picture captcha at a login by password, whether it is needed yet or not. */
    readonly home_user_login_img_verify_state: 0 | 1;
    readonly home_user_register_img_verify_state: 0;
    /** 1: the client asks for a picture's characters before it asks for a code. */
    readonly common_img_verify_state: 0 | 1;
    /** The mini-programs that show a button for the number which their platform has verified. */
    readonly common_user_onekey_bind_mobile_list: readonly string[];
    /** Client types that show a button to import an address from their platform's address book. */
    readonly common_user_address_platform_import_list: readonly string[];
    /** Pages of the agreements, which the client opens in a frame. */
    readonly agreement_userregister_url: string;
    readonly agreement_userprivacy_url: string;
    readonly agreement_userlogout_url: string;
  };
  readonly currency_symbol: string;
  readonly quick_nav: readonly [];
  /** Settings by plugin; the client takes an absent plugin for one that is not installed. */
  readonly plugins_base: Record<string, never>;
  /** The bar at the bottom of the client's main pages. */
  readonly app_tabbar: TabBar;
}

/** The total of a cart that does not exist; the client reads `buy_number` of it, else 0. */
type NoCart = Record<string, never>;

/** What the user's page shows at its head. */
type Head = Pick<UserView, 'avatar' | 'nickname' | 'username' | 'user_name_view' | 'integral'>;

/** user/center's `data`. */
export interface UserCenter extends Head {
  readonly cart_total: NoCart;
  /** Entries of the pages that work with this service. */
  readonly navigation: readonly NavigationEntry[];
  /** Unread messages. */
  readonly message_total: number;
  /** These four are of a shop, which this is not. */
  readonly user_order_status: readonly [];
  readonly user_order_count: 0;
  readonly user_goods_favor_count: 0;
  readonly user_goods_browse_count: 0;
}

/** index/index's `data`. */
export interface Home {
  readonly cart_total: NoCart;
  /** Floors of goods; the client reads its length without asking whether it is there. */
  readonly data_list: readonly [];
}

/**
 * What ShopXO's open-source uni-app client asks for before and beside what a user does. Which
 * fields it needs is known from that client: `App.vue` (init_config, is_config, get_config),
 * pages/login, pages/user and pages/index of gongfuxiang/shopxo-uniapp. What it reads with a
 * default of its own is left out.
 */
@Injectable()
export class BootstrapService {
  constructor(
    @Inject(LOGIN_TYPES) private readonly loginTypes: LoginTypes,
    private readonly personal: PersonalService,
    private readonly avatars: AvatarUrls,
    private readonly attempts: AttemptSettings,
    private readonly platforms: PlatformList,
    private readonly userAddress: UserAddressSettings,
    private readonly http: HttpSettings,
    private readonly messages: MessageService,
  ) {}

  async common(language: Language): Promise<BaseCommon> {
    const { publicUrl } = this.http;
    const types = this.loginTypes.offeredTypes();
    return {
      status: 1,
      config: {
        home_user_login_type: types,
        home_user_reg_type: types,
        home_user_login_img_verify_state: this.attempts.captchaAfterFailures > 0 ? 1 : 0,
        home_user_register_img_verify_state: 0,
        common_img_verify_state: (await this.loginTypes.needsPicture()) ? 1 : 0,
        common_user_onekey_bind_mobile_list: this.platforms.withMobiles(),
        common_user_address_platform_import_list: this.userAddress.importPlatforms,
        agreement_userregister_url: agreementUrl(publicUrl, 'userregister', language),
        agreement_userprivacy_url: agreementUrl(publicUrl, 'userprivacy', language),
        agreement_userlogout_url: agreementUrl(publicUrl, 'userlogout', language),
      },
      currency_symbol: '￥',
      quick_nav: [],
      plugins_base: {},
      app_tabbar: toTabBar(publicUrl, language),
    };
  }

  home(): Home {
    return { cart_total: {}, data_list: [] };
  }

  /**
   * The user's page; an empty one for a visitor, whom ShopXO answers -400. The client
   * clears its storage at a -400, and would go on asking.
   *
   * @throws ProtocolException not logged in, where the account ended since the token was resolved
   */
  async center(identity: Identity | undefined, audience: Audience): Promise<UserCenter> {
    const { avatar, nickname, username, user_name_view, integral } = identity
      ? await this.personal.show(identity, audience)
      : this.visitor();
    return {
      cart_total: {},
      avatar,
      nickname,
      username,
      user_name_view,
      integral,
      navigation: toNavigation(this.http.publicUrl, audience.language),
      message_total: identity ? await this.messages.unreadCount(identity.userId) : 0,
      user_order_status: [],
      user_order_count: 0,
      user_goods_favor_count: 0,
      user_goods_browse_count: 0,
    };
  }

  private visitor(): Head {
    const avatar = this.avatars.toUrl('');
    return { avatar, nickname: '', username: '', user_name_view: '', integral: '0' };
  }
}
