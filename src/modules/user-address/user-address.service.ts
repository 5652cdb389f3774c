import { Injectable, Logger } from '@nestjs/common';
import { UserAddressSettings } from '../../config/user-address.settings.js';
import type { Origin } from '../../protocol/request/origin.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { RegionService } from '../region/region.service.js';
import type { SaveUserAddressDto } from './dto/save-user-address.dto.js';
import { IdCardCipher } from './id-card-cipher.js';
import { IdCardPicturesService } from './id-card-pictures.service.js';
import { userAddressFailures, userAddressMessages as message } from './user-address.messages.js';
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

/** The caller's delivery addresses. */
@Injectable()
export class UserAddressService {
  private readonly logger = new Logger(UserAddressService.name);

  constructor(
    private readonly addresses: UserAddressRepository,
    private readonly regions: RegionService,
    private readonly pictures: IdCardPicturesService,
    private readonly cipher: IdCardCipher,
    private readonly settings: UserAddressSettings,
  ) {}

  /** The caller's own: the default one, then the newest first. */
  async index({ userId }: Identity): Promise<UserAddressIndex> {
    const rows = await this.addresses.list(userId);
    const data = rows.map(async (row) => toListedView(row, await this.contextOf(row, userId)));
    return { data: await Promise.all(data) };
  }

  /** One of the caller's own; `data` is null for any other id. */
  async detail({ userId }: Identity, id: string): Promise<UserAddressDetail> {
    const row = await this.addresses.find(userId, id);
    return {
      data: row ? await this.show(row, userId) : null,
      editor_path_type: editorPathType(userId),
    };
  }

  /** An address as its owner sees it, the number of the identity card in clear. */
  async show(row: StoredAddress, userId: string): Promise<DetailView> {
    return toDetailView(row, await this.contextOf(row, userId));
  }

  /**
   * Adds an address, or replaces one of the caller's own.
   *
   * @throws ProtocolException parameters that do not fit together; a picture that is not the caller's;
   *   no such address; too many addresses; not logged in, where the account ended meanwhile
   */
  async save({ userId }: Identity, dto: SaveUserAddressDto, origin: Origin): Promise<void> {
    if ((dto.lng === undefined) !== (dto.lat === undefined)) {
      throw new ProtocolException(userAddressFailures.placeIncomplete);
    }
    await this.checkRegions(dto);
    const given = await this.toGiven(dto, userId);
    const before = dto.id === NONE ? undefined : await this.addresses.find(userId, dto.id);
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
    refuseUndone(saved);
    await this.removePictures(userId, [before, this.replaced(dto)]);
  }

  /**
   * @throws ProtocolException no such address among the caller's; not logged in, where the account ended
   *   meanwhile
   */
  async delete({ userId }: Identity, id: string, origin: Origin): Promise<void> {
    const before = await this.addresses.find(userId, id);
    refuseUndone(await this.addresses.remove(userId, id, origin));
    await this.removePictures(userId, [before]);
  }

  /** @throws ProtocolException as {@link delete} */
  async setDefault({ userId }: Identity, id: string, origin: Origin): Promise<void> {
    refuseUndone(await this.addresses.setDefault(userId, id, origin));
  }

  /** @throws ProtocolException a region that is no part of the one before it */
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

  /** @throws ProtocolException a number, but no ID_CARD_KEY to seal it; a URL of another service */
  private async toGiven(dto: SaveUserAddressDto, userId: string): Promise<GivenAddress> {
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
      idcard_front: await this.toPath('idcard_front', dto.idcard_front, userId),
      idcard_back: await this.toPath('idcard_back', dto.idcard_back, userId),
    };
  }

  private async toPath(field: PictureField, url: string, userId: string): Promise<string> {
    const path = await this.pictures.toPath(url, userId);
    if (path === undefined) throw pictureNotYours(field);
    return path;
  }

  /**
   * Removes pictures that addresses showed before. The change is done, so a failure is only logged: the
   * picture is out of use, and the clean-up removes its file later.
   */
  private async removePictures(
    userId: string,
    before: readonly (Pick<StoredAddress, PictureField> | undefined)[],
  ): Promise<void> {
    const shown = before.flatMap((row) => (row ? [row.idcard_front, row.idcard_back] : []));
    const paths = shown.filter((path) => path !== '');
    if (paths.length === 0) return;
    try {
      await this.pictures.remove(userId, paths);
    } catch (error) {
      this.logger.error({ msg: 'a picture could not be removed yet', err: error });
    }
  }

  /** The public pictures that a save has replaced by sealed ones. */
  private replaced(dto: SaveUserAddressDto): Pick<StoredAddress, PictureField> {
    return {
      idcard_front: this.pictures.publicPath(dto.idcard_front),
      idcard_back: this.pictures.publicPath(dto.idcard_back),
    };
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

/** @throws ProtocolException unless the change was done */
function refuseUndone(outcome: Outcome): void {
  if (outcome === 'unknown') throw new ProtocolException(userAddressFailures.unknown);
  if (outcome !== 'done') throw new ProtocolException(protocolFailures.notLoggedIn);
}

/** ShopXO files users in three groups of 24. */
const editorPathType = (userId: string): string =>
  `user_address-${(BigInt(userId) % 72n) / 24n}-${userId}`;
