import { type ArgumentMetadata, Injectable, type Type, ValidationPipe } from '@nestjs/common';
import type { ValidationError, ValidatorOptions } from 'class-validator';
import { declaredParameters } from './declared-parameters.js';
import { misplacedValue } from './misplaced-value.js';
import { VALIDATOR_OPTIONS, validationFailure } from './validation-failure.js';

/**
 * Nest's `ValidationPipe` as this service uses it: a DTO gets what it declares and nothing else, and
 * the first broken rule, in class-validator's order, answers with code -1.
 */
@Injectable()
export class ParameterPipe extends ValidationPipe {
  /** @param decorated whether to validate what decorators other than Nest's own give */
  constructor(decorated = false) {
    super({
      ...VALIDATOR_OPTIONS,
      transform: true,
      validateCustomDecorators: decorated,
      exceptionFactory: validationFailure,
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isDto = this.toValidate(metadata) && typeof value === 'object' && value !== null;
    const taken = isDto ? declaredParameters(value, metadata.metatype as Type<object>) : value;
    return super.transform(taken, metadata);
  }

  /** Nest's own, and then what class-validator lets pass. */
  protected override async validate(
    dto: object,
    options?: ValidatorOptions,
  ): Promise<ValidationError[]> {
    const errors = await super.validate(dto, options);
    return errors.length > 0 ? errors : misplacedValue(dto);
  }
}
