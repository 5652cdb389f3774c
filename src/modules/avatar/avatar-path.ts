import { randomBytes } from 'node:crypto';
import { today } from '../../protocol/time.js';

/** The content types of stored pictures, by the extension of their path. */
export const CONTENT_TYPES = { jpg: 'image/jpeg', webp: 'image/webp' } as const;

export type PictureExtension = keyof typeof CONTENT_TYPES;

const FOLDER = '/static/upload/images/user_avatar';
const NAME_BYTES = 16;
const PATH = new RegExp(
  `^${FOLDER}/\\d{4}/\\d{2}/[0-9a-f]{${NAME_BYTES * 2}}\\.(${Object.keys(CONTENT_TYPES).join('|')})$`,
);

/** A path that no one can guess: `/static/upload/images/user_avatar/<yyyy>/<mm>/<random>.<extension>`. */
export function newAvatarPath(extension: PictureExtension): string {
  const [year, month] = today().split('-') as [string, string];
  return `${FOLDER}/${year}/${month}/${randomBytes(NAME_BYTES).toString('hex')}.${extension}`;
}

/** @returns undefined where the path is none that {@link newAvatarPath} could have made */
export function contentTypeOf(path: string): string | undefined {
  const extension = PATH.exec(path)?.[1];
  return extension && CONTENT_TYPES[extension as PictureExtension];
}
