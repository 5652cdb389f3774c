import type { Command } from 'commander';
import { AuditService } from '../modules/audit/audit.service.js';
import { RegionLoaderService } from '../modules/region/region-loader.service.js';
import { changing, type Changing, originOf } from './options.js';
import { print } from './output.js';
import { withServices } from './services.js';

/** The provinces, cities and counties. */
export function regionCommands(program: Command): void {
  const regions = program.command('regions').description('provinces, cities and counties');
  changing(regions.command('load'), 'regions load --by kim')
    .description("have the regions of this version, as a service's start does")
    .action(async (options: Changing) => {
      const hasLoaded = await withServices(async (services) => {
        const loaded = await services.get(RegionLoaderService).keepCurrent();
        const origin = originOf(options);
        if (loaded) await services.get(AuditService).record('region.loaded', null, {}, origin);
        return loaded;
      });
      print(options.json, { outcome: hasLoaded ? 'done' : 'unchanged' }, [
        hasLoaded ? 'The regions are those of this version now.' : 'The regions are current.',
      ]);
    });
}
