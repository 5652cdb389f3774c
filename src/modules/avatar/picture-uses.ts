import { Injectable } from '@nestjs/common';

/** Columns of a table that hold paths of pictures. */
export interface PictureUse {
  readonly table: string;
  /** The column with the user's id; it has an index. */
  readonly owner: string;
  /**
   * Columns with one path or any number of them: `text`, `text[]`, `jsonb` of any shape, and text that
   * is a list, JSON (with slashes escaped, as PHP does it, or not) or HTML.
   */
  readonly columns: readonly string[];
}

/** SQL: the paths that a column holds, as text in which each is found. */
const pathsIn = (column: string): string => `replace(${column}::text, '\\/', '/')`;

/**
 * Where stored pictures are in use. A module that keeps their paths adds its table at its start, and
 * takes them into use with {@link UserPictures}: then the clean-up removes none of them.
 */
@Injectable()
export class PictureUses {
  private readonly uses: PictureUse[] = [{ table: 'sxo_user', owner: 'id', columns: ['avatar'] }];

  add(use: PictureUse): void {
    this.uses.push(use);
  }

  /**
   * SQL: a picture that nothing uses. A path is random and ends with its extension, so that it is no
   * part of another one: a column that contains it uses it.
   *
   * @param alias of `sxo_user_avatar` in the statement
   */
  unused(alias: string): string {
    return this.uses
      .map(({ table, owner, columns }) => {
        const holds = columns.map(
          (column) => `strpos(${pathsIn(`x.${column}`)}, ${alias}.path) > 0`,
        );
        return `NOT EXISTS (SELECT FROM ${table} x WHERE x.${owner} = ${alias}.user_id AND (${holds.join(' OR ')}))`;
      })
      .join(' AND ');
  }
}
