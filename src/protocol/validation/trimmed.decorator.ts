import { trimBlank } from './trim.js';
import { isWorkable } from './text-length.js';
import { verbatim, type VerbatimOptions } from './verbatim.decorator.js';

type TrimmedOptions = Omit<VerbatimOptions, 'format' | 'moduleRefusesLonger'>;

const trimmed = (value: unknown, max: number): unknown =>
  typeof value === 'string' && isWorkable(value, max) ? trimBlank(value) : value;

/**
 * A string parameter without the white space and invisible characters around it, for names and codes,
 * which are typed and pasted. Nothing else of it is changed. Empty is absent.
 */
export const Trimmed = (options: TrimmedOptions): PropertyDecorator =>
  verbatim(options, (value) => trimmed(value, options.max));
