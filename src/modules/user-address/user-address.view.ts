import { maskMiddle } from '../../protocol/views/mask.js';
import type { StoredAddress } from './user-address.repository.js';

/** What an address is shown with besides its row. */
export interface AddressContext {
  /** The number in clear. */
  readonly idCardNumber: string;
  /** The names of province, city and county; empty for none. */
  readonly regionNames: readonly [province: string, city: string, county: string];
  /** From a picture's path to its URL. */
  readonly toUrl: (path: string) => string;
}

/** Shorter numbers are hidden altogether: too little of them would be left to guess. */
const SHORTEST_SHOWN = 15;

/** `110***********002X`. */
function masked(number: string): string {
  if (number.length < SHORTEST_SHOWN) return '*'.repeat(number.length);
  return maskMiddle(number, { start: 3, end: 4, stars: number.length - 7 });
}

/** The order of the fields is the protocol's. */
const toView = <IsDefault>(
  row: StoredAddress,
  { regionNames: [provinceName, cityName, countyName], toUrl }: AddressContext,
  isDefault: IsDefault,
  idCardNumber: string,
) => ({
  id: row.id,
  alias: row.alias,
  name: row.name,
  tel: row.tel,
  province: row.province,
  city: row.city,
  county: row.county,
  address: row.address,
  lng: row.lng,
  lat: row.lat,
  is_default: isDefault,
  idcard_name: row.idcard_name,
  idcard_number: idCardNumber,
  idcard_front: row.idcard_front && toUrl(row.idcard_front),
  idcard_back: row.idcard_back && toUrl(row.idcard_back),
  province_name: provinceName,
  city_name: cityName,
  county_name: countyName,
  idcard_front_old: row.idcard_front,
  idcard_back_old: row.idcard_back,
});

/** An address in useraddress/index: `is_default` a boolean, all else strings, the number masked. */
export const toListedView = (row: StoredAddress, context: AddressContext) =>
  toView(row, context, row.is_default, masked(context.idCardNumber));

/** An address in useraddress/detail: every field a string, the number in clear. */
export const toDetailView = (row: StoredAddress, context: AddressContext) =>
  toView(row, context, row.is_default ? '1' : '0', context.idCardNumber);

export type ListedView = ReturnType<typeof toListedView>;

export type DetailView = ReturnType<typeof toDetailView>;
