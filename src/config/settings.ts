import { AttemptSettings } from './attempt.settings.js';
import { AuditSettings } from './audit.settings.js';
import { AvatarSettings } from './avatar.settings.js';
import { AgreementSettings } from './agreement.settings.js';
import { DatabaseSettings } from './database.settings.js';
import { EventSettings } from './event.settings.js';
import { type Env, readSettings, SettingsError, variablesOf } from './env.js';
import { readEnvFile } from './env-file.js';
import { HttpSettings } from './http.settings.js';
import { LimitSettings } from './limit.settings.js';
import { LogSettings } from './log.settings.js';
import { PasswordSettings } from './password.settings.js';
import { RedisSettings } from './redis.settings.js';
import { MailSettings } from './mail.settings.js';
import { MiniProgramSettings } from './mini-program.settings.js';
import { MessageSettings } from './message.settings.js';
import { MetricsSettings } from './metrics.settings.js';
import { RegistrationSettings } from './registration.settings.js';
import { RuntimeSettings } from './runtime.settings.js';
import { S3Settings } from './s3.settings.js';
import { SecurityNoticeSettings } from './security-notice.settings.js';
import { ServerSettings } from './server.settings.js';
import { SessionSettings } from './session.settings.js';
import { SmsSettings } from './sms.settings.js';
import { StaticSettings } from './static.settings.js';
import { TracingSettings } from './tracing.settings.js';
import { UserAddressSettings } from './user-address.settings.js';
import { VerificationSettings } from './verification.settings.js';

/** Every settings class; `.env.example` documents the variables of exactly these. */
export const SETTINGS_CLASSES = [
  RuntimeSettings,
  LogSettings,
  HttpSettings,
  ServerSettings,
  DatabaseSettings,
  SessionSettings,
  LimitSettings,
  PasswordSettings,
  RegistrationSettings,
  AttemptSettings,
  RedisSettings,
  MailSettings,
  SmsSettings,
  VerificationSettings,
  SecurityNoticeSettings,
  MiniProgramSettings,
  MessageSettings,
  AuditSettings,
  AvatarSettings,
  S3Settings,
  UserAddressSettings,
  EventSettings,
  AgreementSettings,
  StaticSettings,
  MetricsSettings,
  TracingSettings,
] as const;

/** One instance of each settings class. */
export type Settings = InstanceType<(typeof SETTINGS_CLASSES)[number]>[];

/** Every environment variable that the service reads, each once. */
export const settingNames = (): string[] => [
  ...new Set(SETTINGS_CLASSES.flatMap((one) => variablesOf(one))),
];

/**
 * Reads and validates all settings.
 *
 * @throws SettingsError with a line for every wrong variable
 */
export function loadSettings(env: Env): Settings {
  const problems: string[] = [];
  const settings = SETTINGS_CLASSES.flatMap((settingsClass) => {
    try {
      return [readSettings<Settings[number]>(settingsClass, env)];
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  return settings;
}

/** The instance of one settings class. */
export function pickSettings<T extends Settings[number]>(
  settings: Settings,
  settingsClass: new () => T,
): T {
  const found = settings.find((one): one is T => one instanceof settingsClass);
  if (!found) throw new Error(`${settingsClass.name} is not among SETTINGS_CLASSES`);
  return found;
}

/** The environment of this process as it was given, without `.env`; ask for it before {@link processEnv}. */
export const givenEnv = (): Env => ({ ...process.env });

/**
 * The environment of this process, completed from `.env` in the working folder. A variable that is set,
 * though blank, is not taken from the file.
 *
 * @throws SettingsError for a file that cannot be read as a whole
 */
export function processEnv(): Env {
  const missing = Object.entries(readEnvFile('.env', settingNames())).filter(
    ([name]) => process.env[name] === undefined,
  );
  return Object.assign(process.env, Object.fromEntries(missing));
}
