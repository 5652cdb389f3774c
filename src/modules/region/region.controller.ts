import { Controller } from '@nestjs/common';
import { Public, Read } from '../../protocol/routing/action.decorators.js';
import { Parameters } from '../../protocol/request/request.decorators.js';
import { RegionCodeDto } from './dto/region-code.dto.js';
import { RegionIndexDto } from './dto/region-index.dto.js';
import { regionMessages } from './region.messages.js';
import { ApiRegionAll, ApiRegionCodeData, ApiRegionIndex } from './region.openapi.js';
import { RegionService } from './region.service.js';
import type { CodeDataView, RegionTree, RegionView } from './region.view.js';

/** Provinces, cities and counties (地区). */
@Public()
@Controller('region')
export class RegionController {
  constructor(private readonly regions: RegionService) {}

  @Read('index')
  @ApiRegionIndex()
  index(@Parameters() dto: RegionIndexDto): Promise<readonly RegionView[]> {
    return this.regions.children(dto.pid);
  }

  @Read('all')
  @ApiRegionAll()
  all(): Promise<readonly RegionTree[]> {
    return this.regions.tree();
  }

  @Read('codedata', { message: regionMessages('found') })
  @ApiRegionCodeData()
  codeData(@Parameters() { code }: RegionCodeDto): Promise<CodeDataView> {
    return this.regions.codeData(code);
  }
}
