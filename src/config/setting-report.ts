import { type Env, namedProperties } from './env.js';
import { readEnvFile } from './env-file.js';
import { SETTINGS_CLASSES, settingNames } from './settings.js';

/** A setting as an operator may see it. */
export interface ReportedSetting {
  readonly name: string;
  /** As text; of a URL no more than host and path, of a secret nothing. */
  readonly value: string;
  readonly from: 'environment' | '.env' | 'default';
}

const SECRET = /(SECRET|KEY|PASSWORD|TOKEN|PRIVATE|CERT)(_|$)/;

const HIDDEN = '(hidden)';
const NOT_SET = '(not set)';

/**
 * Every setting of this process with where it came from, in the order of the classes.
 *
 * @param env the process's environment, before `.env` was added to it
 * @throws SettingsError for a file that cannot be read as a whole
 */
export function reportSettings(env: Env, envFile = '.env'): ReportedSetting[] {
  const file = readEnvFile(envFile, settingNames());
  const reported = new Map<string, ReportedSetting>();
  for (const one of SETTINGS_CLASSES) {
    const defaults: object = new one();
    for (const [property, name] of namedProperties(one)) {
      const given = givenIn(env, file, name);
      const byDefault: unknown = Reflect.get(defaults, property);
      reported.set(name, {
        name,
        value: given ? shown(name, given.text) : shownDefault(name, byDefault),
        from: given?.from ?? 'default',
      });
    }
  }
  return [...reported.values()];
}

/** As `processEnv` does: what is set, though blank, is not taken from the file; a blank text is none. */
function givenIn(
  env: Env,
  file: Env,
  name: string,
): { text: string; from: 'environment' | '.env' } | undefined {
  const [text, from] =
    name in env ? [env[name], 'environment' as const] : [file[name], '.env' as const];
  return text === undefined || text.trim() === '' ? undefined : { text: text.trim(), from };
}

function shown(name: string, text: string): string {
  if (SECRET.test(name)) return HIDDEN;
  return text.includes('://') ? text.split(',').map(withoutSecrets).join(',') : text;
}

/** A URL's user, password and parameters may be secrets. */
function withoutSecrets(text: string): string {
  try {
    const { protocol, host, pathname, username, password, search } = new URL(text.trim());
    return `${protocol}//${(username || password) && '***@'}${host}${pathname}${search && '?***'}`;
  } catch {
    return HIDDEN;
  }
}

function shownDefault(name: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return NOT_SET;
  const text =
    value instanceof Set || Array.isArray(value) ? [...value].join(',') : JSON.stringify(value);
  return shown(name, text.replace(/^"|"$/g, ''));
}
