/** The ways on which a code travels, named as ShopXO's `type` parameter does. */
export const CHANNELS = ['sms', 'email'] as const;

export type Channel = (typeof CHANNELS)[number];
