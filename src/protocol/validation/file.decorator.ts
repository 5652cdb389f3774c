import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { parameter, type ParameterOptions } from './parameter.js';

/**
 * The field of an `@Upload()` route's file, for the API description. The file itself is not a
 * parameter; text under its name, such as a URL to fetch, is refused. Empty text counts as absent.
 */
export const FileField = (
  options: Pick<ParameterOptions, 'label' | 'description'>,
): PropertyDecorator =>
  parameter(
    { ...options, optional: true },
    {
      name: 'isFile',
      checks: [[(value) => value === '', message('rule.file')]],
      schema: { type: 'string', format: 'binary', required: true },
    },
  );
