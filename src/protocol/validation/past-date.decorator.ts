import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { today } from '../views/time.js';
import { parameter, type ParameterOptions } from './parameter.js';

interface PastDateOptions extends ParameterOptions {
  /** The earliest date, `YYYY-MM-DD`. */
  readonly min: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** JavaScript takes February 30th for the first or second of March. */
const isDay = (day: Date, text: string): boolean =>
  !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);

const isDate = (value: unknown): boolean =>
  value === '' ||
  (typeof value === 'string' && DATE.test(value) && isDay(new Date(`${value}T00:00:00Z`), value));

/** A calendar date up to today in the shop's zone, or `""`, which clears the column. */
export const PastDate = ({ min, ...options }: PastDateOptions): PropertyDecorator =>
  parameter(options, {
    name: 'isPastDate',
    checks: [
      [isDate, message('rule.dateFormat')],
      [
        (value) => value === '' || ((value as string) >= min && (value as string) <= today()),
        message('rule.pastDate'),
      ],
    ],
    args: { min },
    schema: { type: 'string', maxLength: 'YYYY-MM-DD'.length },
  });
