import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from '../../config/config.module.js';
import { DatabaseSettings } from '../../config/database.settings.js';
import { RedisSettings } from '../../config/redis.settings.js';
import { S3Settings } from '../../config/s3.settings.js';
import { pickSettings, type Settings } from '../../config/settings.js';
import { configuredAvatarStorage } from '../../modules/avatar/storage/configured-avatar-storage.js';
import type { MailGateway } from '../../modules/sending/mail-gateway.js';
import { SendingModule } from '../../modules/sending/sending.module.js';
import { MAIL_GATEWAY, SMS_GATEWAY } from '../../modules/sending/sending.tokens.js';
import type { SmsGateway } from '../../modules/sending/sms-gateway.js';
import { REDIS, RedisModule } from '../../redis/redis.module.js';
import type { RedisConnection } from '../../redis/redis-connection.js';
import { type Check, fine, type Finding, reasonOf, unused, wrong } from './finding.js';

/** A picture that there is none of. */
const NO_PICTURE = '/static/upload/images/user_avatar/doctor';

/** Those of the service's neighbours that need no database. */
@Module({ imports: [RedisModule, SendingModule] })
class NeighboursModule {}

/** Does something with the neighbours as the service reaches them. */
async function withNeighbours<Result>(
  settings: Settings,
  work: (neighbours: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  const module = { module: NeighboursModule, imports: [ConfigModule.forRoot(settings)] };
  const neighbours = await NestFactory.createApplicationContext(module, {
    logger: false,
    abortOnError: false,
  });
  try {
    return await work(neighbours);
  } finally {
    await neighbours.close();
  }
}

const redisCheck: Check = (settings) =>
  withNeighbours(settings, async (neighbours) => {
    const subject = 'Redis';
    const redis = neighbours.get<RedisConnection | undefined>(REDIS);
    if (!redis) return unused(subject, 'REDIS_URL is not set');
    const { timeoutMs } = pickSettings(settings, RedisSettings);
    return Promise.resolve(
      redis.answers
        ? fine(subject, 'it answers and takes writes')
        : wrong(
            subject,
            `it does not answer within ${timeoutMs} ms, or takes no writes`,
            'Look at REDIS_URL, and whether it is a replica; until then each instance counts alone.',
          ),
    );
  });

/** What a gateway's own check tells. */
async function tried(
  subject: string,
  gateway: { check(): Promise<void> },
  remedy: string,
): Promise<Finding> {
  try {
    await gateway.check();
    return fine(subject, 'the server takes messages');
  } catch (error) {
    return wrong(subject, reasonOf(error), remedy);
  }
}

const mailCheck: Check = (settings) =>
  withNeighbours(settings, async (neighbours) => {
    const mail = neighbours.get<MailGateway | undefined>(MAIL_GATEWAY);
    if (!mail) return unused('mail', 'SMTP_URL is not set: no code or notice goes by mail');
    return tried('mail', mail, 'Look at SMTP_URL: host, port, user and percent-encoded password.');
  });

const smsCheck: Check = (settings) =>
  withNeighbours(settings, async (neighbours) => {
    const sms = neighbours.get<SmsGateway | undefined>(SMS_GATEWAY);
    if (!sms) return unused('SMS', 'ALIYUN_* is not set: no code or notice goes by SMS');
    try {
      await sms.prepare();
    } catch (error) {
      return wrong('SMS', reasonOf(error), 'Install the dependencies anew: npm ci.');
    }
    return tried(
      'SMS',
      sms,
      'Look at ALIYUN_ACCESS_KEY_ID and its secret, and ALIYUN_SMS_ENDPOINT.',
    );
  });

const pictureCheck: Check = async (settings) => {
  const subject = 'S3';
  const s3 = pickSettings(settings, S3Settings);
  if (!s3.store) return unused(subject, 'S3_ENDPOINT is not set: pictures are kept in DATA_DIR');
  const storage = configuredAvatarStorage(s3, pickSettings(settings, DatabaseSettings));
  try {
    await storage.read(NO_PICTURE);
    return fine(subject, 'the bucket answers');
  } catch (error) {
    return wrong(subject, reasonOf(error), 'Look at S3_ENDPOINT, S3_BUCKET and the access key.');
  }
};

/** Every neighbour but the database. */
export const neighbourChecks: readonly Check[] = [redisCheck, pictureCheck, mailCheck, smsCheck];
