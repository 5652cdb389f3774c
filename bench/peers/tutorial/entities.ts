import { Exclude } from 'class-transformer';
import {
  Column,
  CreateDateColumn,
  Entity,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';

@Entity('sxo_user')
export class User {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @Column('text')
  number_code!: string;

  @Column('smallint')
  status!: number;

  @Exclude()
  @Column('text')
  pwd!: string;

  @Exclude()
  @Column('text')
  salt!: string;

  @Column('text')
  username!: string;

  @Column('text')
  nickname!: string;

  @Column('text')
  mobile!: string;

  @Column('text')
  email!: string;

  @Column('smallint')
  gender!: number;

  @Column('text')
  avatar!: string;

  @Column('text')
  province!: string;

  @Column('text')
  city!: string;

  @Column('text')
  county!: string;

  @Column('text')
  address!: string;

  @Column('date', { nullable: true })
  birthday!: string | null;

  @Column('integer')
  integral!: number;

  @Column('integer')
  locking_integral!: number;

  @Column('bigint', { nullable: true })
  referrer!: string | null;

  @Column('timestamptz', { nullable: true })
  is_delete_time!: Date | null;

  @Column('timestamptz', { nullable: true })
  is_logout_time!: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  add_time!: Date;

  @UpdateDateColumn({ type: 'timestamptz', nullable: true })
  upd_time!: Date | null;

  @OneToMany(() => UserPlatform, (platform) => platform.user)
  platforms!: UserPlatform[];
}

@Entity('sxo_user_platform')
export class UserPlatform {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @ManyToOne(() => User, (user) => user.platforms)
  @JoinColumn({ name: 'user_id' })
  user!: User;

  @Column('text')
  system_type!: string;

  @Column('text')
  platform!: string;

  @Column('text')
  alipay_openid!: string;

  @Column('text')
  weixin_openid!: string;

  @Column('text')
  weixin_unionid!: string;

  @Column('text')
  weixin_web_openid!: string;

  @Column('text')
  baidu_openid!: string;

  @Column('text')
  toutiao_openid!: string;

  @Column('text')
  toutiao_unionid!: string;

  @Column('text')
  qq_openid!: string;

  @Column('text')
  qq_unionid!: string;

  @Column('text')
  kuaishou_openid!: string;
}

@Entity('sxo_user_session')
export class UserSession {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @Column('bigint')
  user_id!: string;

  @ManyToOne(() => User)
  @JoinColumn({ name: 'user_id' })
  user!: User;

  @Column('bytea')
  token_hash!: Buffer;

  @Column('text')
  system_type!: string;

  @Column('text')
  application_client_type!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  add_time!: Date;

  @Column('timestamptz')
  last_time!: Date;
}

@Entity('sxo_user_avatar')
export class UserAvatar {
  @PrimaryColumn('text')
  path!: string;

  @Column('bigint')
  user_id!: string;

  @Column('boolean')
  is_stored!: boolean;
}

/** A field's value before and after a save. */
export interface Change {
  old: unknown;
  new: unknown;
}

@Entity('sxo_user_audit')
export class UserAudit {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @Column('bigint')
  user_id!: string;

  @Column('text')
  action!: string;

  @Column('jsonb')
  changes!: Record<string, Change>;

  @Column('text')
  request_id!: string;

  @Column('bigint', { nullable: true })
  session_id!: string | null;

  @Column('text')
  application_client_type!: string;

  @Column('text')
  system_type!: string;

  @Column('text')
  client_address!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  add_time!: Date;
}
