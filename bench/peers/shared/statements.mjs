// The SQL of the hand-written peers: the same statements as the service's, which `--smoke` holds them
// to. Each has a name, so that PostgreSQL parses and plans it once a connection.

/**
 * @typedef {object} Statement
 * @property {string} name
 * @property {string} text
 */

/** @param {string} alias */
const live = (alias) =>
  `${alias}.status IN (0, 1) AND ${alias}.is_delete_time IS NULL AND ${alias}.is_logout_time IS NULL`;

const EDITABLE = [
  'nickname',
  'birthday',
  'province',
  'city',
  'county',
  'gender',
  'address',
  'avatar',
];

const PLATFORM = [
  'alipay_openid',
  'weixin_openid',
  'weixin_unionid',
  'weixin_web_openid',
  'baidu_openid',
  'toutiao_openid',
  'toutiao_unionid',
  'qq_openid',
  'qq_unionid',
  'kuaishou_openid',
];

const SHOWN = `
  u.id, u.number_code, u.status, u.username, u.nickname, u.mobile, u.email, u.gender, u.avatar,
  u.province, u.city, u.county, u.birthday, u.address, u.integral, u.locking_integral, u.referrer,
  u.add_time, u.upd_time, u.pwd <> '' AS has_password, CASE WHEN p.user_id IS NOT NULL THEN
    json_build_object(${PLATFORM.map((name) => `'${name}', p.${name}`).join(', ')}) END AS platform`;

/** The user who asks, $1, while session $4 of theirs is live. $5 and $6 are the days of a session. */
const ASKER = `
  sxo_user u
  JOIN sxo_user_session s
    ON s.id = $4 AND s.user_id = u.id
      AND s.last_time > now() - make_interval(days => $5)
      AND s.add_time > now() - make_interval(days => $6)`;

const DIFFERENCES = EDITABLE.map(
  (name) =>
    `('${name}', before.${name} IS DISTINCT FROM u.${name}, to_jsonb(before.${name}), to_jsonb(u.${name}))`,
).join(', ');

/**
 * Whose a token is, and the hourly note of its use. $1 is its SHA-256, $2 and $3 are the days after
 * which a session ends.
 *
 * @type {Statement}
 */
export const FIND_SESSION = {
  name: 'find_session',
  text: `
    WITH found AS (
      SELECT s.id, s.user_id, s.system_type, s.application_client_type, s.last_time
      FROM sxo_user_session s
      JOIN sxo_user u ON u.id = s.user_id
      WHERE s.token_hash = $1
        AND s.last_time > now() - make_interval(days => $2)
        AND s.add_time > now() - make_interval(days => $3)
        AND ${live('u')}
    ), used AS (
      UPDATE sxo_user_session s SET last_time = now()
      FROM found WHERE s.id = found.id AND s.last_time <= now() - interval '1 hour'
    )
    SELECT id, user_id, system_type, application_client_type FROM found`,
};

/**
 * The profile of who asks, with the identities of system type $2 and client type $3.
 *
 * @type {Statement}
 */
export const FIND_PROFILE = {
  name: 'find_profile',
  text: `
    SELECT ${SHOWN}
    FROM ${ASKER}
    LEFT JOIN sxo_user_platform p
      ON p.user_id = u.id AND p.system_type = $2 AND p.platform = $3
    WHERE u.id = $1 AND ${live('u')}`,
};

/**
 * Saves the profile of who asks: new values from $7 on, an absent one is null; and the row of the audit
 * trail, from $15 on.
 *
 * @type {Statement}
 */
export const SAVE_PROFILE = {
  name: 'save_profile',
  text: `
    WITH before AS (
      SELECT u.id, ${EDITABLE.map((name) => `u.${name}`).join(', ')}
      FROM ${ASKER}
      WHERE u.id = $1 AND ${live('u')}
      FOR NO KEY UPDATE OF u FOR KEY SHARE OF s
    ), picture AS (
      SELECT a.path FROM sxo_user_avatar a
      WHERE a.path = $14 AND a.user_id = $1 AND a.is_stored AND a.key_id IS NULL
      FOR SHARE
    ), saved AS (
      UPDATE sxo_user u SET
        nickname = $7,
        birthday = CASE WHEN $8::text IS NULL THEN u.birthday ELSE nullif($8::text, '')::date END,
        province = coalesce($9, u.province),
        city = coalesce($10, u.city),
        county = coalesce($11, u.county),
        gender = coalesce($12::smallint, u.gender),
        address = coalesce($13, u.address),
        avatar = coalesce($14, u.avatar),
        upd_time = now()
      FROM before
      LEFT JOIN sxo_user_platform p
        ON p.user_id = before.id AND p.system_type = $2 AND p.platform = $3
      WHERE u.id = before.id
        AND (coalesce($14, '') IN ('', before.avatar) OR EXISTS (SELECT FROM picture))
      RETURNING ${SHOWN}, (
        SELECT jsonb_object_agg(field.name, jsonb_build_object('old', field.old, 'new', field.new))
        FROM (VALUES ${DIFFERENCES}) AS field (name, differs, old, new)
        WHERE field.differs) AS changes
    ), audit AS (
      INSERT INTO sxo_user_audit (user_id, changes, action, request_id, session_id,
        application_client_type, system_type, client_address, operator)
      SELECT source.user_id, source.changes, $15, $16, $17::bigint, $18, $19, $20, $21
      FROM (SELECT id AS user_id, changes FROM saved) AS source
      WHERE source.changes IS NOT NULL
    )
    SELECT * FROM saved`,
};

/** @type {Readonly<Record<'save' | 'index', readonly Statement[]>>} what a request of a route runs */
export const STATEMENTS_OF = {
  save: [FIND_SESSION, SAVE_PROFILE],
  index: [FIND_SESSION, FIND_PROFILE],
};
