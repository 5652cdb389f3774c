export { createShopxoClient, type ClientOptions, type ShopxoClient } from './client.js';
export { ShopxoError } from './shopxo-error.js';
export type {
  Arguments,
  CallOptions,
  Data,
  Parameters,
  PathOf,
  PublicParameters,
} from './actions.js';
