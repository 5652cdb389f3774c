import type { Type } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { RuleContext } from './rule.js';

/** A rule as class-validator keeps it. */
type RuleMetadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

/** Whether something holds for a property's value, given the DTO that it is of. */
type Check = (value: unknown, dto: object) => boolean;

interface CompiledRule {
  readonly holds: Check;
  readonly context: RuleContext;
}

/** What is checked of one property, in order. */
export interface CompiledProperty {
  readonly name: string;
  /** All have to hold, or the rules do not apply. */
  readonly conditions: readonly Check[];
  readonly rules: readonly CompiledRule[];
}

/**
 * A DTO class' rules, in the order in which class-validator runs them. It works that order out, and
 * groups the rules by property, anew for each object that it validates.
 *
 * @throws Error for a rule of another kind than `rule()` makes; a mistake of the DTO
 */
export function compileRules(type: Type<object>): CompiledProperty[] {
  const byProperty = new Map<string, RuleMetadata[]>();
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(type, '', false, false)) {
    const rules = byProperty.get(rule.propertyName);
    if (rules) rules.push(rule);
    else byProperty.set(rule.propertyName, [rule]);
  }
  return [...byProperty].map(([name, rules]) => compileProperty(name, rules));
}

function compileProperty(name: string, rules: readonly RuleMetadata[]): CompiledProperty {
  const ofKind = (kind: string) => rules.filter(({ type }) => type === kind);
  const conditions = ofKind(ValidationTypes.CONDITIONAL_VALIDATION);
  const custom = ofKind(ValidationTypes.CUSTOM_VALIDATION);
  if (conditions.length + custom.length < rules.length || custom.some(({ each }) => each)) {
    throw new Error(`A rule of "${name}" is none of this project's`);
  }
  return {
    name,
    conditions: conditions.map(({ constraints: [condition] }) => {
      const applies = condition as (dto: object, value: unknown) => boolean;
      return (value, dto) => applies(dto, value);
    }),
    rules: custom.map((rule) => compileRule(rule)),
  };
}

function compileRule({ constraintCls, constraints, propertyName, ...rule }: RuleMetadata) {
  const [constraint] = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  const context = rule.context as RuleContext | undefined;
  if (!constraint || constraint.async) {
    throw new Error(`A rule of "${propertyName}" cannot be checked at once`);
  }
  if (!context) throw new Error(`A rule of "${propertyName}" has no message`);
  const validator = constraint.instance;
  const holds: Check = (value, object) =>
    validator.validate(value, {
      value,
      object,
      constraints: constraints as unknown[],
      targetName: object.constructor.name,
      property: propertyName,
    }) as boolean;
  return { holds, context };
}
