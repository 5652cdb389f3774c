import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { protocolMessages as message } from '../protocol.messages.js';
import { type ParameterOptions, rule, rules } from './rule.js';

interface FileOptions extends Pick<ParameterOptions, 'label'> {
  readonly description?: string;
}

/**
 * The field of an `@Upload()` route's file, for the API description. The file itself is not a
 * parameter; text under its name, such as a URL to fetch, is refused. Empty text counts as absent.
 */
export function FileField({ label, description }: FileOptions): PropertyDecorator {
  return applyDecorators(
    rules(
      { label, optional: true },
      rule('isFile', (value) => value === '', label, message('rule.file')),
    ),
    ApiProperty({
      type: 'string',
      format: 'binary',
      required: true,
      ...(description !== undefined && { description }),
    }),
  );
}
