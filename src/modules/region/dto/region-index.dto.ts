import { Id } from '../../../protocol/validation/value.decorators.js';
import { regionMessages as message } from '../region.messages.js';

/** The parameters of region/index. */
export class RegionIndexDto {
  @Id({
    label: message('field.pid'),
    optional: true,
    orNone: true,
    default: '0',
    example: '1',
    description: 'The region whose parts are asked for; 0 for the provinces.',
  })
  pid = '0';
}
