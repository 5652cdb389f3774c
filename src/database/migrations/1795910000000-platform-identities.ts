import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPENIDS = [
  'weixin_openid',
  'qq_openid',
  'baidu_openid',
  'toutiao_openid',
  'kuaishou_openid',
  'alipay_openid',
];

const UNIONIDS = ['weixin_unionid', 'qq_unionid', 'toutiao_unionid'];

/** Sign-in of mini-programs: one account for a platform identity, tickets, session keys, proven numbers. */
export class PlatformIdentities1795910000000 implements MigrationInterface {
  readonly name = 'PlatformIdentities1795910000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const column of OPENIDS) {
      // ShopXO does not keep an identity from standing with several accounts. It signs in to the first.
      await queryRunner.query(`
        UPDATE sxo_user_platform p SET ${column} = '' FROM (
          SELECT p.id, row_number() OVER (
            PARTITION BY p.system_type, p.platform, p.${column}
            ORDER BY u.is_delete_time IS NOT NULL OR u.is_logout_time IS NOT NULL, p.id) AS place
          FROM sxo_user_platform p JOIN sxo_user u ON u.id = p.user_id
          WHERE p.${column} <> ''
        ) AS ranked
        WHERE p.id = ranked.id AND ranked.place > 1`);
      await queryRunner.query(`
        CREATE UNIQUE INDEX uq_user_platform_${column}
        ON sxo_user_platform (${column}, system_type, platform) WHERE ${column} <> ''`);
    }
    for (const column of UNIONIDS) {
      await queryRunner.query(`
        CREATE INDEX ix_user_platform_${column} ON sxo_user_platform (${column})
        WHERE ${column} <> ''`);
    }
    await queryRunner.query(`
      CREATE TABLE sxo_platform_ticket (
        ticket_hash bytea NOT NULL,
        platform text NOT NULL,
        system_type text NOT NULL,
        openid text NOT NULL,
        unionid text NOT NULL DEFAULT '',
        session_key bytea,
        mobile text NOT NULL DEFAULT '',
        mobile_expire_time timestamptz,
        expire_time timestamptz NOT NULL,
        CONSTRAINT pk_platform_ticket PRIMARY KEY (ticket_hash),
        CONSTRAINT ck_platform_ticket_ticket_hash CHECK (octet_length(ticket_hash) = 32),
        CONSTRAINT ck_platform_ticket_platform CHECK (platform ~ '^[a-z0-9]{1,20}$'),
        CONSTRAINT ck_platform_ticket_system_type CHECK (system_type ~ '^[A-Za-z0-9_-]{1,60}$'),
        CONSTRAINT ck_platform_ticket_openid CHECK (char_length(openid) BETWEEN 1 AND 128),
        CONSTRAINT ck_platform_ticket_unionid CHECK (char_length(unionid) <= 128),
        CONSTRAINT ck_platform_ticket_session_key CHECK (octet_length(session_key) <= 512),
        CONSTRAINT ck_platform_ticket_mobile CHECK (char_length(mobile) <= 15)
      )`);
    await queryRunner.query(
      'CREATE INDEX ix_platform_ticket_expire_time ON sxo_platform_ticket (expire_time)',
    );
    await queryRunner.query(`
      CREATE TABLE sxo_platform_session_key (
        session_id bigint NOT NULL,
        session_key bytea NOT NULL,
        expire_time timestamptz NOT NULL,
        CONSTRAINT pk_platform_session_key PRIMARY KEY (session_id),
        CONSTRAINT fk_platform_session_key_session FOREIGN KEY (session_id)
          REFERENCES sxo_user_session (id) ON DELETE CASCADE,
        CONSTRAINT ck_platform_session_key_session_key CHECK (octet_length(session_key) <= 512)
      )`);
    await queryRunner.query(
      'CREATE INDEX ix_platform_session_key_expire_time ON sxo_platform_session_key (expire_time)',
    );
    await queryRunner.query(`
      CREATE TABLE sxo_mobile_proof (
        user_id bigint NOT NULL,
        mobile text NOT NULL,
        expire_time timestamptz NOT NULL,
        CONSTRAINT pk_mobile_proof PRIMARY KEY (user_id),
        CONSTRAINT fk_mobile_proof_user FOREIGN KEY (user_id)
          REFERENCES sxo_user (id) ON DELETE CASCADE,
        CONSTRAINT ck_mobile_proof_mobile CHECK (char_length(mobile) BETWEEN 1 AND 15)
      )`);
    await queryRunner.query(
      'CREATE INDEX ix_mobile_proof_expire_time ON sxo_mobile_proof (expire_time)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sxo_mobile_proof');
    await queryRunner.query('DROP TABLE sxo_platform_session_key');
    await queryRunner.query('DROP TABLE sxo_platform_ticket');
    for (const column of UNIONIDS) {
      await queryRunner.query(`DROP INDEX ix_user_platform_${column}`);
    }
    for (const column of OPENIDS) {
      await queryRunner.query(`DROP INDEX uq_user_platform_${column}`);
    }
  }
}
