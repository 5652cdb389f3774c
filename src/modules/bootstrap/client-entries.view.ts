import { type Language, translate } from '../../envelope/message-catalogue.js';
import { bootstrapMessages } from './bootstrap.messages.js';

/** The client's pages that work with this service, in the order in which their entries are shown. */
const NAVIGATION = [
  ['address', '/pages/user-address/user-address'],
  ['message', '/pages/message/message'],
  ['points', '/pages/user-integral/user-integral'],
] as const;

/** The first one is where the client goes after a login or the account's end. */
const TABS = [
  ['home', '/pages/index/index'],
  ['user', '/pages/user/user'],
] as const;

/** The client opens `event_value` as a page of its own. */
const OWN_PAGE = 1;

/** An entry of the user's page. */
export interface NavigationEntry {
  readonly id: number;
  readonly name: string;
  readonly images_url: string;
  readonly event_type: typeof OWN_PAGE;
  readonly event_value: string;
  readonly desc: string;
}

interface TabPicture {
  readonly url: string;
}

/** An entry of the bar at the bottom. */
export interface Tab {
  readonly id: string;
  readonly name: string;
  /** At most one. */
  readonly img: readonly TabPicture[];
  readonly img_checked: readonly TabPicture[];
  readonly link: { readonly name: string; readonly page: string };
}

/** The bar at the bottom: what the client's diy-footer and app_tabbar_pages read. */
export interface TabBar {
  readonly content: {
    readonly nav_style: '0';
    readonly nav_type: '0';
    readonly nav_content: readonly Tab[];
  };
  readonly style: {
    readonly text_color_checked: string;
    readonly default_text_color: string;
    readonly common_style: typeof PLAIN_STYLE;
  };
}

/** The client computes with all of these and asks of none whether it is there. */
const PLAIN_STYLE = {
  direction: '90deg',
  color_list: [{ color: 'rgba(255,255,255,1)' }],
  background_img_style: '0',
  background_img: [] as readonly never[],
  padding_top: '0',
  padding_bottom: '0',
  padding_left: '0',
  padding_right: '0',
  margin_top: '0',
  margin_bottom: '0',
  margin_left: '0',
  margin_right: '0',
} as const;

const iconUrl = (publicUrl: string, name: string): string =>
  `${publicUrl}/static/app/icons/${name}.svg`;

/** The entries of the user's page, named in the language. */
export const toNavigation = (publicUrl: string, language: Language): NavigationEntry[] =>
  NAVIGATION.map(([name, page], index) => ({
    id: index + 1,
    name: translate(language, bootstrapMessages(`navigation.${name}`)),
    images_url: iconUrl(publicUrl, name),
    event_type: OWN_PAGE,
    event_value: page,
    desc: '',
  }));

/** The bar at the bottom, named in the language. */
export function toTabBar(publicUrl: string, language: Language): TabBar {
  return {
    content: {
      nav_style: '0',
      nav_type: '0',
      nav_content: TABS.map(([icon, page], index) => {
        const name = translate(language, bootstrapMessages(`tab.${icon}`));
        return {
          id: String(index + 1),
          name,
          img: [{ url: iconUrl(publicUrl, icon) }],
          img_checked: [{ url: iconUrl(publicUrl, `${icon}-checked`) }],
          link: { name, page },
        };
      }),
    },
    style: {
      text_color_checked: '#d9412b',
      default_text_color: '#555b66',
      common_style: PLAIN_STYLE,
    },
  };
}
