import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A province, a city or a county. Columns are ShopXO's, but for the code. */
@Entity('sxo_region')
@Unique('uq_region_code', ['code'])
@Index('ix_region_pid', ['pid'])
@Check('ck_region_code', 'char_length(code) BETWEEN 1 AND 120')
@Check('ck_region_name', 'char_length(name) BETWEEN 1 AND 60')
@Check('ck_region_letters', 'char_length(letters) <= 60')
@Check('ck_region_level', 'level BETWEEN 1 AND 3')
@Check('ck_region_pid', '(pid = 0) = (level = 1)')
export class Region {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_region',
  })
  id!: string;

  /** The region it is a part of; 0 for a province. */
  @Column('bigint', { default: 0 })
  pid!: string;

  /**
   * What a region is known by from one version of the data to the next: GB/T 2260's code without the
   * zeros at its end, or the source's own.
   */
  @Column('text')
  code!: string;

  @Column('text')
  name!: string;

  /** 1 province, 2 city, 3 county. */
  @Column('smallint')
  level!: number;

  /** Initials, which ShopXO has a column for and no data. */
  @Column('text', { default: '' })
  letters!: string;

  /** The place among its siblings, from 0, in the official order. */
  @Column('integer', { default: 0 })
  sort!: number;

  /** False for one that the current data no longer has: kept, for addresses may name it. */
  @Column('boolean', { default: true })
  is_enable!: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  add_time!: Date;

  @Column('timestamptz', { nullable: true })
  upd_time!: Date | null;
}
