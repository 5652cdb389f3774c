import { AlipayPlatform } from './alipay.platform.js';
import { BaiduPlatform } from './baidu.platform.js';
import { KuaishouPlatform } from './kuaishou.platform.js';
import { QqPlatform } from './qq.platform.js';
import { ToutiaoPlatform } from './toutiao.platform.js';
import { WeixinPlatform } from './weixin.platform.js';

/** Every platform whose mini-programs may sign in. */
export const PLATFORMS = [
  WeixinPlatform,
  QqPlatform,
  BaiduPlatform,
  ToutiaoPlatform,
  KuaishouPlatform,
  AlipayPlatform,
] as const;
