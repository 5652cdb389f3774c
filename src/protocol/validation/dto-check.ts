import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { plainToInstance } from 'class-transformer';
import { validate, validateSync, type ValidationError } from 'class-validator';
import { VALIDATOR_OPTIONS } from './validation-failure.js';

/** Values of every kind that a request can have in a parameter's place; no DTO declares `$other`. */
const VALUES: readonly unknown[] = [null, true, 0, '', 'x', [], { $other: 1 }, [{ $other: 1 }]];

/** Tries the rules of every DTO that a controller's handler takes, before the first request does. */
@Injectable()
export class DtoCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws Error naming class and property of a mistake */
  async onModuleInit(): Promise<void> {
    const checked = new Set<Type<object>>();
    for (const { metatype } of this.discovery.getControllers()) {
      const prototype = metatype?.prototype as object | undefined;
      for (const handler of this.scanner.getAllMethodNames(prototype ?? null)) {
        const types: unknown = Reflect.getMetadata('design:paramtypes', prototype ?? {}, handler);
        for (const type of Array.isArray(types) ? types : []) {
          if (isDto(type)) await checkDto(type, checked);
        }
      }
    }
  }
}

/** A class with a rule, or by its name; a handler may take objects of other classes, too. */
function isDto(type: unknown): type is Type<object> {
  if (typeof type !== 'function' || typeof type.prototype !== 'object') return false;
  return type.name.endsWith('Dto') || hasRules(type.prototype as object);
}

function hasRules(prototype: object): boolean {
  const options = { forbidUnknownValues: true, skipMissingProperties: true };
  try {
    const [error] = validateSync(Object.create(prototype) as object, options);
    return error?.constraints?.unknownValue === undefined;
  } catch {
    // A condition of a rule, which is looked at below.
    return true;
  }
}

async function checkDto(type: Type<object>, checked: Set<Type<object>>): Promise<void> {
  if (checked.has(type)) return;
  checked.add(type);
  refuseOtherNames(type);
  for (const property of Object.keys(new type())) {
    for (const value of VALUES) {
      const nested = await tryValue(type, property, value);
      if (isDto(nested)) await checkDto(nested, checked);
    }
  }
}

/**
 * A parameter has its property's name: in failures and in the API description, too.
 *
 * @throws Error for a property that class-transformer looks for under another name
 */
function refuseOtherNames(type: Type<object>): void {
  const looked: unknown[] = [];
  // class-transformer asks every object whether it is a promise.
  const properties = Object.assign(new type(), { then: undefined }) as Record<string, unknown>;
  const parameters = new Proxy({}, { get: (_, name) => void looked.push(name) });
  plainToInstance(type, parameters, { excludeExtraneousValues: true });
  const other = looked.find((name) => typeof name === 'string' && !(name in properties));
  if (typeof other !== 'string') return;
  const taken = Object.entries(plainToInstance(type, { [other]: other }));
  const [property = other] = taken.find(([, value]) => value === other) ?? [];
  throw new Error(
    `${type.name}.${property} has @Expose({ name: '${other}' }): give the property that name`,
  );
}

/**
 * Gives a DTO's property a value, as a request may.
 *
 * @returns the class of the objects in it, if there are any
 */
async function tryValue(type: Type<object>, property: string, value: unknown): Promise<unknown> {
  const mistake = (text: string, cause?: unknown) =>
    new Error(`${type.name}.${property} ${text}`, { cause });
  const { dto, error } = await validated(type, property, value).catch((cause: unknown) => {
    throw mistake(
      `cannot be checked where it is ${JSON.stringify(value)}: ${String(cause)}`,
      cause,
    );
  });
  if (isUndeclared(error)) throw mistake('has no rule; add one, such as @IsString() or @Text()');
  const inner = innermost(error);
  if (isUndeclared(inner) && inner?.target?.constructor === Object) {
    throw mistake('has @ValidateNested() but no @Type(), so that nothing in it would be taken');
  }
  const [object] = [dto[property]].flat();
  return object?.constructor;
}

async function validated(type: Type<object>, property: string, value: unknown) {
  const dto = plainToInstance(type, { [property]: value }) as Record<string, unknown>;
  const errors = await validate(dto, { ...VALIDATOR_OPTIONS, forbidNonWhitelisted: true });
  return { dto, error: errors.find((error) => error.property === property) };
}

const isUndeclared = (error?: ValidationError): boolean =>
  error?.constraints?.whitelistValidation !== undefined;

const innermost = (error?: ValidationError): ValidationError | undefined =>
  error?.children?.[0] ? innermost(error.children[0]) : error;
