import { type ArgumentMetadata, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { ProtocolException } from '../protocol.exception.js';
import type { Parameters } from '../request-context.js';
import { ResultCode } from '../result-code.js';
import { compileRules, type CompiledProperty } from './compiled-rules.js';

/** What Nest says of an argument that no DTO describes. */
const NOT_DTOS: readonly unknown[] = [Object, String, Number, Boolean, Array, Buffer];

/**
 * Makes DTOs of parameters, by the rules that class-validator's decorators declare: a DTO gets its
 * declared properties and no other, rules run in the order in which they are declared, and the first
 * broken one is the answer.
 *
 * Nest's own pipe does the same, and more: it validates objects of any depth, by rules that may take
 * time, and collects every failure. ShopXO's parameters are flat, and the first failure answers.
 */
@Injectable()
export class ParameterPipe implements PipeTransform {
  private readonly compiled = new Map<unknown, readonly CompiledProperty[]>();

  /**
   * @returns an instance of the argument's DTO class; an argument that has none as it is
   * @throws ProtocolException invalid parameter
   */
  transform(value: unknown, { metatype }: ArgumentMetadata): unknown {
    if (!metatype || NOT_DTOS.includes(metatype)) return value;
    const type = metatype as Type<Record<string, unknown>>;
    const properties = this.compiledOf(type);
    const dto = plainToInstance(type, pick(value as Parameters, properties));
    for (const property of properties) check(dto, property);
    return dto;
  }

  private compiledOf(type: Type<object>): readonly CompiledProperty[] {
    const known = this.compiled.get(type);
    if (known) return known;
    const properties = compileRules(type);
    this.compiled.set(type, properties);
    return properties;
  }
}

/** The declared parameters among the given ones. */
function pick(given: Parameters, properties: readonly CompiledProperty[]): Parameters {
  const picked: Record<string, unknown> = {};
  for (const { name } of properties) if (Object.hasOwn(given, name)) picked[name] = given[name];
  return picked;
}

/** @throws ProtocolException for the first rule that is broken */
function check(dto: Record<string, unknown>, { name, conditions, rules }: CompiledProperty): void {
  const value = dto[name];
  if (!conditions.every((applies) => applies(value, dto))) return;
  for (const { holds, context } of rules) {
    if (holds(value, dto)) continue;
    throw new ProtocolException(
      { code: ResultCode.invalidParameter, message: context.message },
      { ...context.args, field: name },
    );
  }
}
