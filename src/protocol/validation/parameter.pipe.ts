import { Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { ProtocolException } from '../protocol.exception.js';
import { ResultCode } from '../result-code.js';
import type { RuleContext } from './rule.js';

/**
 * Nest's validation pipe, set up for the protocol: a DTO gets its declared properties and no other,
 * rules run in the order in which they are declared, and the first broken one is the answer.
 */
@Injectable()
export class ParameterPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      stopAtFirstError: true,
      validateCustomDecorators: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => toException(errors),
    });
  }
}

/** @throws Error when a DTO uses a rule that carries no message of ours; a mistake of the DTO */
function toException([error]: ValidationError[]): ProtocolException {
  const context = Object.values(error?.contexts ?? {})[0] as RuleContext | undefined;
  if (!error || !context) throw new Error(`A rule of "${error?.property}" has no message`);
  return new ProtocolException(
    { code: ResultCode.invalidParameter, message: context.message },
    { ...context.args, field: error.property },
  );
}
