import type { INestApplication } from '@nestjs/common';
import { DatabaseSettings } from './config/database.settings.js';
import { HttpSettings } from './config/http.settings.js';
import { DEMONSTRATION } from './modules/demonstration/demonstration.account.js';
import { DemonstrationService } from './modules/demonstration/demonstration.service.js';
import { DOCS_PATH, servesOpenApi } from './protocol/openapi/openapi.js';

/** What a start prints: where the service is, where its data lies, what to try first. */
export function welcome(app: INestApplication): string {
  const { localUrl, publicUrl } = app.get(HttpSettings);
  const { embedded, dataDir } = app.get(DatabaseSettings);
  const lines = [
    `nest-shopxo answers at ${localUrl}` +
      (servesOpenApi(app) ? ` (API description: ${localUrl}/${DOCS_PATH})` : ''),
    ...(publicUrl === localUrl ? [] : [`Its avatars' URLs begin with ${publicUrl}`]),
    embedded
      ? `Its data lies in ${dataDir} (embedded PostgreSQL; for anything that matters set DATABASE_URL)`
      : 'Its data lies in the database that DATABASE_URL names',
  ];
  if (app.get(DemonstrationService).available) {
    lines.push('Try:', '', exampleRequest(localUrl), '');
  }
  return `${lines.join('\n')}\n`;
}

/** The request of ShopXO's own documentation, with the demonstration account's token. */
function exampleRequest(url: string): string {
  const body = JSON.stringify({
    nickname: 'p001',
    birthday: '2022-11-19',
    province: '上海',
    city: '上海市',
    county: '闵行区',
    gender: '1',
  });
  return [
    `curl -s ${url}/personal/save`,
    `-H 'Authorization: Bearer ${DEMONSTRATION.token}'`,
    `-H 'Content-Type: application/json'`,
    `-d '${body}'`,
  ].join(' \\\n  ');
}
