import { Controller } from '@nestjs/common';
import { Public, Read } from '../../protocol/routing/action.decorators.js';
import { ApiIndexIndex } from './bootstrap.openapi.js';
import { BootstrapService, type Home } from './bootstrap.service.js';

/** The home page (首页). */
@Public()
@Controller('index')
export class IndexController {
  constructor(private readonly bootstrap: BootstrapService) {}

  @Read('index')
  @ApiIndexIndex()
  index(): Home {
    return this.bootstrap.home();
  }
}
