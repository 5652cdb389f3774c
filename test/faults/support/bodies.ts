/** The types of a body that the service reads. */
export const BODY_TYPES = ['json', 'form', 'multipart'] as const;
export type BodyType = (typeof BODY_TYPES)[number];

/** A file of a multipart body. */
export interface FilePart {
  readonly field: string;
  readonly bytes: Buffer;
}

/** A body with its content type. */
export interface EncodedBody {
  readonly headers: { readonly 'Content-Type': string };
  readonly body: Buffer;
}

const BOUNDARY = 'boundary-of-this-test';

const encoders: Record<BodyType, (fields: [string, string][]) => [string, string | Buffer]> = {
  json: (fields) => ['application/json', JSON.stringify(Object.fromEntries(fields))],
  form: (fields) => [
    'application/x-www-form-urlencoded',
    new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
  ],
  multipart: (fields) => [`multipart/form-data; boundary=${BOUNDARY}`, multipart(fields)],
};

/** Fields in one of the types. */
export function encodeBody(type: BodyType, fields: Readonly<Record<string, string>>): EncodedBody {
  const [contentType, body] = encoders[type](Object.entries(fields));
  return { headers: { 'Content-Type': contentType }, body: Buffer.from(body) };
}

/** Fields and a file, as a form sends them. */
export const encodeUpload = (
  fields: Readonly<Record<string, string>>,
  file: FilePart,
): EncodedBody => ({
  headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
  body: multipart(Object.entries(fields), file),
});

const quoted = (name: string): string =>
  name.replace(/["\r\n]/g, (character) => encodeURIComponent(character));

function multipart(fields: readonly [string, string][], file?: FilePart): Buffer {
  const head = (name: string, more = ''): string =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${quoted(name)}"${more}\r\n\r\n`;
  return Buffer.concat([
    ...fields.map(([name, value]) => Buffer.from(`${head(name)}${value}\r\n`)),
    ...(file
      ? [Buffer.from(head(file.field, '; filename="a.png"')), file.bytes, Buffer.from('\r\n')]
      : []),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
}
