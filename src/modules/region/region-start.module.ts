import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { RegionLoaderService } from './region-loader.service.js';
import { RegionModule } from './region.module.js';

/** Has a service's start load the regions before the first request. Commands do without it. */
@Module({ imports: [RegionModule] })
export class RegionStartModule implements OnApplicationBootstrap {
  constructor(private readonly loader: RegionLoaderService) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.loader.keepCurrent();
  }
}
