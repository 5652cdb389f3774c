import { WholeNumber } from '../../../protocol/validation/whole-number.decorator.js';
import { personalMessages as message } from '../personal.messages.js';

/** The parameters of personal/changes. */
export class PersonalChangesDto {
  @WholeNumber({ label: message('field.page'), optional: true, min: 1, max: 10_000, default: 1 })
  page = 1;

  @WholeNumber({ label: message('field.page_size'), optional: true, min: 1, max: 100, default: 20 })
  page_size = 20;
}
