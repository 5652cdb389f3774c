import { Expose, plainToInstance, Transform } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

/** The process environment, or anything shaped like it. */
export type Env = Record<string, string | undefined>;

/** The settings are wrong. The message names every wrong variable and what it should be. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

type SettingsClass<T extends object> = new () => T;

interface Variable {
  readonly name: string;
  /** What a right value looks like; ends the sentence "NAME must be ...". */
  readonly expected: string;
}

const variables = new Map<object, Map<string, Variable>>();

/**
 * Binds a settings property to an environment variable. An unset or blank variable leaves the
 * property's initialiser, which is thereby its default.
 *
 * @param name the variable, e.g. `PORT`
 * @param expected what a right value looks like; the error reads "PORT must be <expected>"
 * @param parse from the trimmed text to the property's type
 */
export function FromEnv(
  name: string,
  expected: string,
  parse: (text: string) => unknown = (text) => text,
): PropertyDecorator {
  return (target, property) => {
    const known = variables.get(target.constructor) ?? new Map<string, Variable>();
    variables.set(target.constructor, known.set(String(property), { name, expected }));
    Expose({ name })(target, property);
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? parse(value.trim()) : value,
    )(target, property);
  };
}

/** Text to integer; anything else becomes `NaN`, which no rule accepts. */
export const parseInteger = (text: string): number => (/^-?\d+$/.test(text) ? Number(text) : NaN);

/** Text to boolean; anything but `true` and `false` becomes `null`, which no rule accepts. */
export const parseBoolean = (text: string): boolean | null =>
  text === 'true' ? true : text === 'false' ? false : null;

/** Comma-separated text to its trimmed, non-empty parts. */
export const parseList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The properties of a settings class, each with the name of its variable. */
export function namedProperties(settingsClass: SettingsClass<object>): [string, string][] {
  return Array.from(variables.get(settingsClass) ?? [], ([property, { name }]) => [property, name]);
}

/** The variables that a settings class reads, by name. */
export function variablesOf(settingsClass: SettingsClass<object>): string[] {
  return namedProperties(settingsClass).map(([, name]) => name);
}

/**
 * Reads and validates one settings class.
 *
 * @throws SettingsError naming each wrong variable and what was expected
 */
export function readSettings<T extends object>(settingsClass: SettingsClass<T>, env: Env): T {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, text]) => text !== undefined && text.trim() !== ''),
  );
  const settings = plainToInstance(settingsClass, given, {
    excludeExtraneousValues: true,
    exposeDefaultValues: true,
  });
  const errors = validateSync(settings);
  if (errors.length > 0) {
    throw new SettingsError(
      errors.map((error) => describeError(settingsClass, error, env)).join('\n'),
    );
  }
  return settings;
}

function describeError(
  settingsClass: SettingsClass<object>,
  error: ValidationError,
  env: Env,
): string {
  const variable = variables.get(settingsClass)?.get(error.property);
  if (!variable) return error.toString();
  // A URL may hold a password, so its value is never repeated, nor is a secret's.
  const given = /_(URL|ENDPOINT|SECRET|KEY)$/.test(variable.name)
    ? ''
    : `, not "${env[variable.name] ?? ''}"`;
  return `${variable.name} must be ${variable.expected}${given}`;
}
