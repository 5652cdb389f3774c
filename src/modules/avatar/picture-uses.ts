import { Injectable } from '@nestjs/common';

/** Columns of a table that hold paths of pictures. */
export interface PictureUse {
  readonly table: string;
  /** The column with the user's id; it has an index. */
  readonly owner: string;
  readonly columns: readonly string[];
}

/**
 * Where stored pictures are in use. A module that keeps their paths adds its table at its start, and
 * locks their rows in `sxo_user_avatar` (`FOR SHARE`, where `is_stored`) in the transaction that
 * takes them into use: then the clean-up removes none of them.
 */
@Injectable()
export class PictureUses {
  private readonly uses: PictureUse[] = [{ table: 'sxo_user', owner: 'id', columns: ['avatar'] }];

  add(use: PictureUse): void {
    this.uses.push(use);
  }

  /**
   * SQL: a picture that nothing uses.
   *
   * @param alias of `sxo_user_avatar` in the statement
   */
  unused(alias: string): string {
    return this.uses
      .map(
        ({ table, owner, columns }) =>
          `NOT EXISTS (SELECT FROM ${table} x WHERE x.${owner} = ${alias}.user_id` +
          ` AND ${alias}.path IN (${columns.map((column) => `x.${column}`).join(', ')}))`,
      )
      .join(' AND ');
  }
}
