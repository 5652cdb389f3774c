import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * A durable event on its way to one listener. A row is there until the listener has heard it; one
 * that was given up stays for a time, for an operator to see.
 */
@Entity('sxo_event_delivery')
@Index('ix_event_delivery_untried', ['event', 'listener', 'due_time', 'id'], {
  where: 'failed_time IS NULL AND tries = 0',
})
@Index('ix_event_delivery_tried', ['event', 'listener', 'due_time', 'id'], {
  where: 'failed_time IS NULL AND tries > 0',
})
@Index('ix_event_delivery_failed', ['failed_time'], { where: 'failed_time IS NOT NULL' })
@Check('ck_event_delivery_event', `event ~ '^[a-z]{1,20}\\.[a-z_]{1,40}$'`)
@Check(
  'ck_event_delivery_listener',
  `listener ~ '^[A-Za-z_][A-Za-z0-9_]{0,59}\\.[A-Za-z_][A-Za-z0-9_]{0,59}$'`,
)
@Check('ck_event_delivery_payload', `jsonb_typeof(payload) = 'object'`)
@Check('ck_event_delivery_tries', 'tries >= 0')
export class EventDelivery {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'pk_event_delivery',
  })
  id!: string;

  @Column('text')
  event!: string;

  /** `<Class>.<method>`. */
  @Column('text')
  listener!: string;

  @Column('jsonb')
  payload!: object;

  /** Times that it was claimed, the present one included. */
  @Column('smallint', { default: 0 })
  tries!: number;

  /** When it may be claimed: while it is being delivered, when that must be over. */
  @Column('timestamptz', { default: () => 'now()' })
  due_time!: Date;

  /** When it was given up. */
  @Column('timestamptz', { nullable: true })
  failed_time!: Date | null;

  @Column('timestamptz', { default: () => 'now()' })
  add_time!: Date;
}
