import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { User } from '../../personal/entities/user.entity.js';

/** A mobile number that a platform has just said to be a user's, and that the user may save. */
@Entity('sxo_mobile_proof')
@Index('ix_mobile_proof_expire_time', ['expire_time'])
@Check('ck_mobile_proof_mobile', 'char_length(mobile) BETWEEN 1 AND 15')
export class MobileProof {
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'pk_mobile_proof' })
  @ForeignKey(() => User, { name: 'fk_mobile_proof_user', onDelete: 'CASCADE' })
  user_id!: string;

  @Column('text')
  mobile!: string;

  @Column('timestamptz')
  expire_time!: Date;
}
