import {
  type FindManyOptions,
  type ObjectLiteral,
  Repository,
  type SelectQueryBuilder,
} from 'typeorm';

/** Which page of a list: the `PageDto` of a request. */
export interface PageRequest {
  /** From 1 on; beyond the last there are no rows. */
  readonly page: number;
  /** Rows on a page. */
  readonly page_size: number;
}

/** The longest list that can be paged through: what a page costs does not grow with the table. */
export const LONGEST_LIST = 10_000;

/** The options of a find that a page may have: the page decides how many rows are skipped and taken. */
type PageOptions<Entity> = Omit<FindManyOptions<Entity>, 'skip' | 'take'>;

/**
 * A page of a list, as TypeORM's `findAndCount` and `getManyAndCount` give it, but counted no further
 * than {@link LONGEST_LIST}: what stands behind that many rows is neither counted nor shown. Give the
 * list an order that ends with the id, and an index that has it.
 *
 * @returns the page's rows, and the list's length
 */
export async function findPage<Entity extends ObjectLiteral>(
  rows: Repository<Entity>,
  page: PageRequest,
  options: PageOptions<Entity>,
): Promise<[Entity[], number]>;
export async function findPage<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  page: PageRequest,
): Promise<[Entity[], number]>;
export async function findPage<Entity extends ObjectLiteral>(
  source: Repository<Entity> | SelectQueryBuilder<Entity>,
  { page, page_size }: PageRequest,
  options: PageOptions<Entity> = {},
): Promise<[Entity[], number]> {
  const query =
    source instanceof Repository ? source.createQueryBuilder().setFindOptions(options) : source;
  const total = await countUpTo(LONGEST_LIST, query);
  const skip = (page - 1) * page_size;
  const take = Math.min(page_size, total - skip);
  return [take > 0 ? await query.skip(skip).take(take).getMany() : [], total];
}

/** How many entities a query has, counting no more than so many; one with several joined rows counts once. */
async function countUpTo<Entity extends ObjectLiteral>(
  most: number,
  query: SelectQueryBuilder<Entity>,
): Promise<number> {
  const { joinAttributes, mainAlias } = query.expressionMap;
  const key = mainAlias?.metadata.primaryColumns ?? [];
  const first = query
    .clone()
    .select(key.map(({ propertyPath }) => `${query.alias}.${propertyPath}`))
    .distinct(joinAttributes.length > 0)
    .orderBy()
    .limit(most);
  const counted = await query
    .createQueryBuilder()
    .select('count(*)::int', 'total')
    .from(`(${first.getQuery()})`, 'first')
    .setParameters(first.getParameters())
    .getRawOne<{ total: number }>();
  return counted?.total ?? 0;
}
