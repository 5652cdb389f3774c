/** The account of ShopXO's own documentation, which a new user of this service may try at once. */
export const DEMONSTRATION = {
  id: '469',
  number_code: '8732997469',
  username: 'pppppp',
  address: '浦江科技广场',
  /** 2022-11-19 20:01:19 in Shanghai. */
  add_time: new Date(1_668_859_279_000),
  token: 'a8422d2fb14dd8323a44e7e0c7bceb47',
} as const;
