import { DEMONSTRATION } from '../../src/modules/demonstration/demonstration.account.js';
import type { USER_VIEW_EXAMPLE } from '../../src/modules/personal/personal.openapi.js';
import type { ServiceProcess } from './service-process.js';

type Profile = typeof USER_VIEW_EXAMPLE;

/** What the profile's actions answer. */
export interface ProfileAnswer {
  readonly msg: string;
  readonly code: number;
  /** What personal/save has there, and in `data` what personal/index has. */
  readonly data: Profile & { readonly data: Profile };
}

/** Calls a service with the demonstration account's token. */
export async function callAsDemonstration(
  service: ServiceProcess,
  action: string,
  body: object = {},
): Promise<ProfileAnswer> {
  const response = await fetch(`${service.url}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${DEMONSTRATION.token}` },
    body: JSON.stringify(body),
  });
  return (await response.json()) as ProfileAnswer;
}

/** Gives the demonstration account a nickname. */
export const save = (service: ServiceProcess, nickname: string): Promise<ProfileAnswer> =>
  callAsDemonstration(service, 'personal/save', { nickname });

/** Reads the demonstration account's nickname. */
export const nicknameIn = async (service: ServiceProcess): Promise<string> =>
  (await callAsDemonstration(service, 'personal/index')).data.data.nickname;
