import { Injectable } from '@nestjs/common';
import { UserAddressSettings } from '../../config/user-address.settings.js';
import type { Origin } from '../../protocol/origin.js';
import { ProtocolException } from '../../protocol/protocol.exception.js';
import { protocolFailures } from '../../protocol/protocol.failures.js';
import type { Identity } from '../../protocol/token-resolver.js';
import { AvatarUrls } from '../personal/avatar-urls.js';
import { RegionService } from '../region/region.service.js';
import type { SaveUserAddressDto } from './dto/save-user-address.dto.js';
import { IdCardCipher } from './id-card-cipher.js';
import { userAddressFailures } from './user-address.failures.js';
import { userAddressMessages as message } from './user-address.messages.js';
import {
  type GivenAddress,
  type Outcome,
  type StoredAddress,
  UserAddressRepository,
} from './user-address.repository.js';
import {
  type AddressContext,
  type DetailView,
  type ListedView,
  toDetailView,
  toListedView,
} from './user-address.view.js';

/** useraddress/index's `data`. */
export interface UserAddressIndex {
  readonly data: readonly ListedView[];
}

/** useraddress/detail's `data`. */
export interface UserAddressDetail {
  readonly data: DetailView | null;
  /** Where ShopXO's clients file the pictures that they upload. */
  readonly editor_path_type: string;
}

/** The value of an id that means none. */
const NONE = '0';

/** The delivery addresses of who asks. */
@Injectable()
export class UserAddressService {
  constructor(
    private readonly addresses: UserAddressRepository,
    private readonly regions: RegionService,
    private readonly pictures: AvatarUrls,
    private readonly cipher: IdCardCipher,
    private readonly settings: UserAddressSettings,
  ) {}

  /** The caller's own: the default one, then the newest first. */
  async index({ userId }: Identity): Promise<UserAddressIndex> {
    const rows = await this.addresses.list(userId);
    const data = rows.map(async (row) => toListedView(row, await this.contextOf(row, userId)));
    return { data: await Promise.all(data) };
  }

  /** One of the caller's own; another user's is like an unknown one. */
  async detail({ userId }: Identity, id: string): Promise<UserAddressDetail> {
    const row = await this.addresses.find(userId, id);
    return {
      data: row ? toDetailView(row, await this.contextOf(row, userId)) : null,
      editor_path_type: editorPathType(userId),
    };
  }

  /**
   * Adds an address, or replaces one of the caller's own.
   *
   * @throws ProtocolException a parameter that is wrong together with others or the caller's data;
   *   no such address; as many as a user may have; or not logged in, where the account ended since
   *   the token was resolved
   */
  async save({ userId }: Identity, dto: SaveUserAddressDto, origin: Origin): Promise<''> {
    if ((dto.lng === undefined) !== (dto.lat === undefined)) {
      throw new ProtocolException(userAddressFailures.placeIncomplete);
    }
    await this.checkRegions(dto);
    const given = this.toGiven(dto, userId);
    const saved = await this.addresses.save({
      userId,
      ...(dto.id !== NONE && { id: dto.id }),
      given,
      isDefault: dto.is_default === '1',
      limit: this.settings.limit,
      origin,
    });
    if (saved === 'too many') {
      throw new ProtocolException(userAddressFailures.tooMany, { limit: this.settings.limit });
    }
    if (typeof saved === 'object') {
      const isFront = saved.missing.includes(given.idcard_front);
      throw pictureNotYours(isFront ? 'idcard_front' : 'idcard_back');
    }
    return toAnswer(saved);
  }

  /**
   * @throws ProtocolException no such address, another user's is like none; or not logged in, where
   *   the account ended since the token was resolved
   */
  async delete({ userId }: Identity, id: string, origin: Origin): Promise<''> {
    return toAnswer(await this.addresses.remove(userId, id, origin));
  }

  /** @throws ProtocolException as {@link delete} */
  async setDefault({ userId }: Identity, id: string, origin: Origin): Promise<''> {
    return toAnswer(await this.addresses.setDefault(userId, id, origin));
  }

  /** @throws ProtocolException a region that may not be chosen below the one before */
  private async checkRegions({ province, city, county }: SaveUserAddressDto): Promise<void> {
    const chosen = [
      ['province', province, NONE],
      ['city', city, province],
      ...(county === NONE ? [] : [['county', county, city] as const]),
    ] as const;
    for (const [field, id, parent] of chosen) {
      if (!(await this.regions.isChildOf(id, parent))) {
        throw new ProtocolException(userAddressFailures.regionWrong, {
          label: message(`field.${field}`),
          field,
        });
      }
    }
  }

  /** @throws ProtocolException a number without a key to seal it with; a URL that is not of here */
  private toGiven(dto: SaveUserAddressDto, userId: string): GivenAddress {
    const idcard_number = this.cipher.seal(dto.idcard_number, userId);
    if (idcard_number === undefined) throw new ProtocolException(userAddressFailures.numbersClosed);
    return {
      alias: dto.alias,
      name: dto.name,
      tel: dto.tel,
      province: dto.province,
      city: dto.city,
      county: dto.county,
      address: dto.address,
      lng: String(dto.lng ?? 0),
      lat: String(dto.lat ?? 0),
      idcard_name: dto.idcard_name,
      idcard_number,
      idcard_front: this.toPath('idcard_front', dto.idcard_front),
      idcard_back: this.toPath('idcard_back', dto.idcard_back),
    };
  }

  private toPath(field: PictureField, url: string): string {
    const path = this.pictures.toPath(url);
    // The default avatar's URL stands for no path, and shows no card.
    if (path === undefined || (path === '' && url !== '')) throw pictureNotYours(field);
    return path;
  }

  private async contextOf(row: StoredAddress, userId: string): Promise<AddressContext> {
    const nameOf = async (id: string): Promise<string> => (await this.regions.find(id))?.name ?? '';
    return {
      idCardNumber: this.cipher.open(row.idcard_number, userId),
      regionNames: [await nameOf(row.province), await nameOf(row.city), await nameOf(row.county)],
      toUrl: (path) => this.pictures.toUrl(path),
    };
  }
}

type PictureField = 'idcard_front' | 'idcard_back';

const pictureNotYours = (field: PictureField): ProtocolException =>
  new ProtocolException(userAddressFailures.pictureNotYours, {
    label: message(`field.${field}`),
    field,
  });

/** @throws ProtocolException where nothing was done */
function toAnswer(outcome: Outcome): '' {
  if (outcome === 'unknown') throw new ProtocolException(userAddressFailures.unknown);
  if (outcome !== 'done') throw new ProtocolException(protocolFailures.notLoggedIn);
  return '';
}

/** ShopXO files users in three groups of 24. */
const editorPathType = (userId: string): string =>
  `user_address-${(BigInt(userId) % 72n) / 24n}-${userId}`;
