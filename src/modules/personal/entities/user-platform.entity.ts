import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { User } from './user.entity.js';

/** The names under which third-party platforms know a user, in the order of ShopXO's answers. */
export const PLATFORM_IDENTITY_COLUMNS = [
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
] as const;

export type PlatformIdentities = Record<(typeof PLATFORM_IDENTITY_COLUMNS)[number], string>;

/** One platform identity belongs to one account. */
const OneAccount = (column: (typeof PLATFORM_IDENTITY_COLUMNS)[number]): ClassDecorator =>
  Index(`uq_user_platform_${column}`, [column, 'system_type', 'platform'], {
    unique: true,
    where: `${column} <> ''`,
  });

const Findable = (column: (typeof PLATFORM_IDENTITY_COLUMNS)[number]): ClassDecorator =>
  Index(`ix_user_platform_${column}`, [column], { where: `${column} <> ''` });

/** A user's identities for one system type on one client type ("platform", as ShopXO calls it). */
@Entity('sxo_user_platform')
@OneAccount('weixin_openid')
@OneAccount('qq_openid')
@OneAccount('baidu_openid')
@OneAccount('toutiao_openid')
@OneAccount('kuaishou_openid')
@OneAccount('alipay_openid')
@Findable('weixin_unionid')
@Findable('qq_unionid')
@Findable('toutiao_unionid')
@Unique('uq_user_platform', ['user_id', 'system_type', 'platform'])
@Check('ck_user_platform_system_type', `system_type ~ '^[A-Za-z0-9_-]{1,60}$'`)
@Check('ck_user_platform_platform', `platform ~ '^[a-z0-9]{1,20}$'`)
@Check(
  'ck_user_platform_identities',
  `greatest(${PLATFORM_IDENTITY_COLUMNS.map((name) => `char_length(${name})`).join(', ')}) <= 128`,
)
export class UserPlatform implements PlatformIdentities {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_user_platform',
  })
  id!: string;

  @Column('bigint')
  @ForeignKey(() => User, { name: 'fk_user_platform_user', onDelete: 'CASCADE' })
  user_id!: string;

  @Column('text', { default: 'default' })
  system_type!: string;

  /** The client type. */
  @Column('text', { default: 'pc' })
  platform!: string;

  @Column('text', { default: '' })
  alipay_openid!: string;

  @Column('text', { default: '' })
  weixin_openid!: string;

  @Column('text', { default: '' })
  weixin_unionid!: string;

  @Column('text', { default: '' })
  weixin_web_openid!: string;

  @Column('text', { default: '' })
  baidu_openid!: string;

  @Column('text', { default: '' })
  toutiao_openid!: string;

  @Column('text', { default: '' })
  toutiao_unionid!: string;

  @Column('text', { default: '' })
  qq_openid!: string;

  @Column('text', { default: '' })
  qq_unionid!: string;

  @Column('text', { default: '' })
  kuaishou_openid!: string;

  @Column('timestamptz', { default: () => 'now()' })
  add_time!: Date;

  @Column('timestamptz', { nullable: true })
  upd_time!: Date | null;
}
