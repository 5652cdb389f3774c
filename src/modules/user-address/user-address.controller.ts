import { Body, Controller } from '@nestjs/common';
import { Read, Write } from '../../protocol/routing/action.decorators.js';
import type { Origin } from '../../protocol/request/origin.js';
import {
  CurrentOrigin,
  CurrentUser,
  Parameters,
} from '../../protocol/request/request.decorators.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { OutSystemAddressDto } from './dto/out-system-address.dto.js';
import { UserAddressDetailDto, UserAddressIdDto } from './dto/user-address-id.dto.js';
import { SaveUserAddressDto } from './dto/save-user-address.dto.js';
import { OutSystemAddressService } from './out-system-address.service.js';
import { userAddressMessages } from './user-address.messages.js';
import {
  ApiUserAddressDelete,
  ApiUserAddressDetail,
  ApiUserAddressIndex,
  ApiUserAddressOutSystemAdd,
  ApiUserAddressSave,
  ApiUserAddressSetDefault,
} from './user-address.openapi.js';
import {
  type UserAddressDetail,
  type UserAddressIndex,
  UserAddressService,
} from './user-address.service.js';
import type { DetailView } from './user-address.view.js';

/** Delivery addresses (收货地址). */
@Controller('useraddress')
export class UserAddressController {
  constructor(
    private readonly addresses: UserAddressService,
    private readonly outSystem: OutSystemAddressService,
  ) {}

  @Read('index')
  @ApiUserAddressIndex()
  index(@CurrentUser() user: Identity): Promise<UserAddressIndex> {
    return this.addresses.index(user);
  }

  @Read('detail')
  @ApiUserAddressDetail()
  detail(
    @CurrentUser() user: Identity,
    @Parameters() { id }: UserAddressDetailDto,
  ): Promise<UserAddressDetail> {
    return this.addresses.detail(user, id);
  }

  @Write('save', { message: userAddressMessages('saved') })
  @ApiUserAddressSave()
  save(
    @CurrentUser() user: Identity,
    @Body() dto: SaveUserAddressDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<void> {
    return this.addresses.save(user, dto, origin);
  }

  @Write('delete', { message: userAddressMessages('deleted') })
  @ApiUserAddressDelete()
  delete(
    @CurrentUser() user: Identity,
    @Body() { id }: UserAddressIdDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<void> {
    return this.addresses.delete(user, id, origin);
  }

  @Write('setdefault', { message: userAddressMessages('defaultSet') })
  @ApiUserAddressSetDefault()
  setDefault(
    @CurrentUser() user: Identity,
    @Body() { id }: UserAddressIdDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<void> {
    return this.addresses.setDefault(user, id, origin);
  }

  @Write('outsystemadd', { message: userAddressMessages('saved') })
  @ApiUserAddressOutSystemAdd()
  outSystemAdd(
    @CurrentUser() user: Identity,
    @Body() dto: OutSystemAddressDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<DetailView> {
    return this.outSystem.add(user, dto, origin);
  }
}
