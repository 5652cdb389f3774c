import type { Origin } from '../../protocol/request/origin.js';

/** The client types that are mini-programs of a platform, which knows its users by an openid. */
export const MINI_PROGRAM_TYPES = [
  'weixin',
  'qq',
  'baidu',
  'toutiao',
  'kuaishou',
  'alipay',
] as const satisfies readonly Origin['clientType'][];

export type MiniProgramType = (typeof MINI_PROGRAM_TYPES)[number];

export const isMiniProgramType = (clientType: string): clientType is MiniProgramType =>
  MINI_PROGRAM_TYPES.some((one) => one === clientType);
