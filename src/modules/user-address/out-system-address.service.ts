import { Injectable } from '@nestjs/common';
import { UserAddressSettings } from '../../config/user-address.settings.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { Origin } from '../../protocol/request/origin.js';
import { hasLength } from '../../protocol/validation/text.decorators.js';
import { RegionService } from '../region/region.service.js';
import type { OutSystemAddressDto } from './dto/out-system-address.dto.js';
import { ADDRESS_LENGTH } from './dto/save-user-address.dto.js';
import { userAddressFailures, userAddressMessages as message } from './user-address.messages.js';
import { UserAddressRepository } from './user-address.repository.js';
import { UserAddressService } from './user-address.service.js';
import type { DetailView } from './user-address.view.js';

/** What an address has that comes as a name, a telephone number and a place. */
const REST = {
  alias: '',
  lng: '0',
  lat: '0',
  idcard_name: '',
  idcard_number: '',
  idcard_front: '',
  idcard_back: '',
};

/** Addresses from the address book of a platform (WeChat's own, for one), whose regions are names. */
@Injectable()
export class OutSystemAddressService {
  constructor(
    private readonly stored: UserAddressRepository,
    private readonly addresses: UserAddressService,
    private readonly regions: RegionService,
    private readonly settings: UserAddressSettings,
  ) {}

  /**
   * Adds an address. One that the caller has already is not added again.
   *
   * @returns the address, as useraddress/detail shows it
   * @throws ProtocolException an unknown province or city; a town and a text that are too long together; too
   *   many addresses; not logged in, where the account ended meanwhile
   */
  async add({ userId }: Identity, dto: OutSystemAddressDto, origin: Origin): Promise<DetailView> {
    const address = withTown(dto);
    const place = await this.regions.findPlace(dto);
    if (place === 'province') throw new ProtocolException(userAddressFailures.provinceUnmatched);
    if (place === 'city') throw new ProtocolException(userAddressFailures.cityUnmatched);
    const { limit } = this.settings;
    const added = await this.stored.addOnce({
      userId,
      given: { ...REST, ...place, name: dto.name, tel: dto.tel, address },
      isDefault: false,
      limit,
      origin,
    });
    if (added === 'too many') throw new ProtocolException(userAddressFailures.tooMany, { limit });
    if (added === 'account ended') throw new ProtocolException(protocolFailures.notLoggedIn);
    return this.addresses.show(added, userId);
  }
}

/** @throws ProtocolException what does not fit into an address's text */
function withTown({ town, address: own }: OutSystemAddressDto): string {
  const address = town + own;
  if (hasLength(address, 1, ADDRESS_LENGTH)) return address;
  throw new ProtocolException(userAddressFailures.wrongLength, {
    label: message('field.address'),
    field: 'address',
    min: 1,
    max: ADDRESS_LENGTH,
  });
}
