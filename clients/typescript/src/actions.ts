import type { paths } from './schema.js';

/** How an action can be called; those that change something take `post` only. */
export type Method = 'get' | 'post';

type Operation<Path extends keyof paths, Called extends Method> = Extract<
  paths[Path][Called],
  object
>;

type QueryOf<Described> = Described extends { parameters: { query?: infer Query } }
  ? NonNullable<Query>
  : never;

/** What every request says of its client; see `ClientOptions`. */
export type PublicParameters = QueryOf<Operation<'/base/common', 'get'>>;

type BodyOf<Described> = Described extends { requestBody: { content: infer Content } }
  ? Content[keyof Content]
  : undefined;

/** An action without parameters takes an empty object. */
type OrNothing<Own> = keyof Own extends never ? Record<string, never> : Own;

/** An action's own parameters: the public ones are the client's. */
export type Parameters<Path extends keyof paths, Called extends Method> =
  BodyOf<Operation<Path, Called>> extends infer Body
    ? Body extends object
      ? Body
      : OrNothing<Omit<QueryOf<Operation<Path, Called>>, keyof PublicParameters>>
    : never;

type ContentOf<Described> = Described extends { responses: { 200: { content: infer Content } } }
  ? Content
  : never;

type DataIn<Content> = Content extends { 'application/json': { data: infer Unwrapped } }
  ? Unwrapped
  : keyof Content extends `image/${string}`
    ? Blob
    : never;

/** What a call gives: the envelope's `data`, or a picture. */
export type Data<Path extends keyof paths, Called extends Method> = DataIn<
  ContentOf<Operation<Path, Called>>
>;

/** The actions that a method serves. */
export type PathOf<Called extends Method> = {
  [Path in keyof paths]: [Data<Path, Called>] extends [never] ? never : Path;
}[keyof paths];

/** What one call may add. */
export interface CallOptions {
  /** Ends the call, which then rejects with the signal's reason; `AbortSignal.timeout(5000)`, say. */
  readonly signal?: AbortSignal;
}

/** Whether nothing is required; an object without parameters has any name, and none. */
type MayBeLeftOut<Own> = string extends keyof Own ? true : Partial<Own> extends Own ? true : false;

/** What follows the path: the parameters may be left out where none is required. */
export type Arguments<Path extends keyof paths, Called extends Method> =
  MayBeLeftOut<Parameters<Path, Called>> extends true
    ? [parameters?: Parameters<Path, Called>, options?: CallOptions]
    : [parameters: Parameters<Path, Called>, options?: CallOptions];
