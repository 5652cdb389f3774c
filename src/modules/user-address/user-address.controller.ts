import { Body, Controller } from '@nestjs/common';
import { Read, Write } from '../../protocol/routing/action.decorators.js';
import type { Origin } from '../../protocol/request/origin.js';
import {
  CurrentOrigin,
  CurrentUser,
  Parameters,
} from '../../protocol/request/request.decorators.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { UserAddressDetailDto, UserAddressIdDto } from './dto/user-address-id.dto.js';
import { SaveUserAddressDto } from './dto/save-user-address.dto.js';
import { userAddressMessages } from './user-address.messages.js';
import {
  ApiUserAddressDelete,
  ApiUserAddressDetail,
  ApiUserAddressIndex,
  ApiUserAddressSave,
  ApiUserAddressSetDefault,
} from './user-address.openapi.js';
import {
  type UserAddressDetail,
  type UserAddressIndex,
  UserAddressService,
} from './user-address.service.js';

/** Delivery addresses (收货地址). */
@Controller('useraddress')
export class UserAddressController {
  constructor(private readonly addresses: UserAddressService) {}

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
}
