import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Which data the regions were loaded from; one row, none before the first load. */
@Entity('sxo_region_data')
@Check('ck_region_data_one_row', 'id = 1')
export class RegionData {
  @PrimaryColumn('smallint', { default: 1, primaryKeyConstraintName: 'pk_region_data' })
  id!: number;

  @Column('text')
  fingerprint!: string;

  @Column('timestamptz', { default: () => 'now()' })
  upd_time!: Date;
}
