import { objectSchema, type Schema } from '../openapi/openapi.decorators.js';
import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { WholeNumber } from '../validation/value.decorators.js';

const LAST_PAGE = 10_000;
const LONGEST_PAGE = 100;
const USUAL_PAGE = 20;

/**
 * The parameters of a list that comes in pages, under ShopXO's names. A list with parameters of its own
 * extends it.
 */
export class PageDto {
  @WholeNumber({
    label: message('field.page'),
    optional: true,
    min: 1,
    max: LAST_PAGE,
    default: 1,
    description: 'Beyond the last page there is no entry.',
  })
  page = 1;

  @WholeNumber({
    label: message('field.page_size'),
    optional: true,
    min: 1,
    max: LONGEST_PAGE,
    default: USUAL_PAGE,
  })
  page_size = USUAL_PAGE;
}

/** `data` of a list that comes in pages, as ShopXO has it. */
export interface Page<View> {
  /** Entries of the whole list. */
  readonly total: number;
  /** 0 where there is no entry. */
  readonly page_total: number;
  readonly page: number;
  readonly page_size: number;
  /** The entries of this page. */
  readonly data: readonly View[];
}

/**
 * Makes the answer of a page.
 *
 * @param found the page's rows and the list's length, as `findPage` and TypeORM's `findAndCount` give
 *   them
 * @param toView from row to entry
 */
export const pageOf = <Row, View>(
  { page, page_size }: PageDto,
  [rows, total]: readonly [readonly Row[], number],
  toView: (row: Row) => View,
): Page<View> => ({
  total,
  page_total: Math.ceil(total / page_size),
  page,
  page_size,
  data: rows.map(toView),
});

/** Describes a {@link Page}. */
export const pageSchema = (entry: Schema, total: Partial<Schema> = {}): Schema =>
  objectSchema({
    total: { type: 'integer', ...total },
    page_total: { type: 'integer' },
    page: { type: 'integer' },
    page_size: { type: 'integer' },
    data: { type: 'array', items: entry },
  });
