import { randomBytes } from 'node:crypto';
import { today } from '../../protocol/views/time.js';

/** The content types of stored pictures, by the extension of their path. */
export const CONTENT_TYPES = { jpg: 'image/jpeg', webp: 'image/webp' } as const;

export type PictureExtension = keyof typeof CONTENT_TYPES;

/** Below it, everyone reads. */
const FOLDER = '/static/upload/images/user_avatar';

/** Below it lie sealed pictures, which have no URL of their own. */
const ID_CARD_FOLDER = '/private/id_card';
const NAME_BYTES = 16;
const NAME = `\\d{4}/\\d{2}/[0-9a-f]{${NAME_BYTES * 2}}\\.(${Object.keys(CONTENT_TYPES).join('|')})`;

const PATH = new RegExp(`^${FOLDER}/${NAME}$`);
const ID_CARD_PATH = new RegExp(`^${ID_CARD_FOLDER}/(?<name>${NAME})$`);

function newName(extension: PictureExtension): string {
  const [year, month] = today().split('-') as [string, string];
  return `${year}/${month}/${randomBytes(NAME_BYTES).toString('hex')}.${extension}`;
}

/** A path that no one can guess: `/static/upload/images/user_avatar/<yyyy>/<mm>/<random>.<extension>`. */
export const newAvatarPath = (extension: PictureExtension): string =>
  `${FOLDER}/${newName(extension)}`;

/** A path for a sealed picture: `/private/id_card/<yyyy>/<mm>/<random>.<extension>`. */
export const newIdCardPath = (extension: PictureExtension): string =>
  `${ID_CARD_FOLDER}/${newName(extension)}`;

/** @returns undefined where the path is none that {@link newAvatarPath} could have made */
export function contentTypeOf(path: string): string | undefined {
  const extension = PATH.exec(path)?.[1];
  return extension && CONTENT_TYPES[extension as PictureExtension];
}

/** The part of a sealed picture's path that tells it from others; undefined where the path is of none. */
export const idCardName = (path: string): string | undefined =>
  ID_CARD_PATH.exec(path)?.groups?.name;

/** The path of a sealed picture and its content type; undefined where the name is none. */
export function idCardOf(name: string): { path: string; contentType: string } | undefined {
  const path = `${ID_CARD_FOLDER}/${name}`;
  const extension = ID_CARD_PATH.exec(path)?.[2];
  if (extension === undefined) return undefined;
  return { path, contentType: CONTENT_TYPES[extension as PictureExtension] };
}
