import {
  Body,
  ClassSerializerInterceptor,
  Controller,
  Get,
  HttpCode,
  Post,
  Query,
  Req,
  SetMetadata,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { AuthGuard, type AuthenticatedRequest } from './auth.guard.js';
import { EnvelopeInterceptor, MESSAGE } from './envelope.js';
import { PersonalService } from './personal.service.js';
import { PublicParametersDto, SaveProfileDto } from './save-profile.dto.js';
import type { UserView } from './user-view.js';

@Controller('personal')
@UseGuards(AuthGuard)
@UseInterceptors(EnvelopeInterceptor, ClassSerializerInterceptor)
export class PersonalController {
  constructor(private readonly personal: PersonalService) {}

  @Get('index')
  index(
    @Req() request: AuthenticatedRequest,
    @Query() _said: PublicParametersDto,
  ): Promise<object> {
    return this.personal.index(request);
  }

  @Post('save')
  @HttpCode(200)
  @SetMetadata(MESSAGE, '修改成功')
  save(@Req() request: AuthenticatedRequest, @Body() dto: SaveProfileDto): Promise<UserView> {
    return this.personal.save(dto, request);
  }
}
