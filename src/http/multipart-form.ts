import { type Part, readParts, textOf } from './multipart.js';
import { ProtocolException } from '../envelope/protocol.exception.js';
import { protocolFailures } from '../envelope/protocol.failures.js';
import { PARAMETER_LIMIT } from './query-string.js';

/** The one file that an uploading route takes. */
export interface UploadRule {
  /** The multipart field that holds it. */
  readonly field: string;
  /** Million bytes at most. */
  readonly maxMegabytes: number;
}

/** Text fields beside a file, and bytes of each: 100 kB together, as on every other route. */
const FIELD_LIMIT = 100;
const FIELD_BYTES = 1_000;

const BYTES_PER_MEGABYTE = 1_000_000;

/** What a `multipart/form-data` body holds. */
export interface MultipartForm {
  readonly fields: [name: string, value: string][];
  file?: Buffer;
}

/**
 * Reads a `multipart/form-data` body: everything in it, or nothing.
 *
 * @param boundary the `boundary` parameter of the body's type
 * @param rule the file that the route takes; none where absent
 * @throws ProtocolException malformed; a part in an unknown charset or encoding; a file where none is
 *   expected; too many fields; too large a field or file
 */
export function readForm(
  body: Buffer,
  boundary: string | undefined,
  rule?: UploadRule,
): MultipartForm {
  const form: MultipartForm = { fields: [] };
  const limit = rule ? FIELD_LIMIT : PARAMETER_LIMIT;
  let count = 0;
  for (const part of readParts(body, boundary)) {
    const isFile = part.filename !== undefined;
    // What a form sends for a file input in which nothing was chosen.
    const isEmptyInput = part.filename === '' && part.content.length === 0;
    if (isFile && !isEmptyInput) {
      takeFile(form, part, rule);
      continue;
    }
    count += 1;
    if (count > limit) throw new ProtocolException(protocolFailures.tooManyFields, { limit });
    if (!isEmptyInput) takeField(form, part, rule);
  }
  return form;
}

export const maxFileBytes = (rule: UploadRule): number => rule.maxMegabytes * BYTES_PER_MEGABYTE;

export const fileTooLarge = (rule: UploadRule): ProtocolException =>
  new ProtocolException(protocolFailures.fileTooLarge, { limit: rule.maxMegabytes });

function takeFile(form: MultipartForm, { name, content }: Part, rule?: UploadRule): void {
  if (!rule) throw new ProtocolException(protocolFailures.fileNotExpected);
  if (form.file || name !== rule.field) {
    throw new ProtocolException(protocolFailures.oneFile, { field: rule.field });
  }
  if (content.length > maxFileBytes(rule)) throw fileTooLarge(rule);
  form.file = content;
}

function takeField({ fields }: MultipartForm, part: Part, rule?: UploadRule): void {
  if (rule && part.content.length > FIELD_BYTES) {
    const args = { field: part.name, limit: FIELD_BYTES };
    throw new ProtocolException(protocolFailures.fieldTooLarge, args);
  }
  fields.push([part.name, textOf(part)]);
}
