import createFetchClient from 'openapi-fetch';
import type { Arguments, CallOptions, Data, Method, PathOf, PublicParameters } from './actions.js';
import { ShopxoError } from './shopxo-error.js';

/** Whom the client calls, and what it says of itself. */
export interface ClientOptions {
  /** Where the service answers, e.g. `https://shop.example`. */
  readonly baseUrl: string;
  /** 32 hexadecimal digits, e.g. the `token` of a login; sent in the `Authorization` header. */
  readonly token?: string;
  /** Of texts and messages. */
  readonly lang?: PublicParameters['lang'];
  readonly application?: PublicParameters['application'];
  readonly applicationClientType?: PublicParameters['application_client_type'];
  /** 1–60 of `a-z A-Z 0-9 _ -`. */
  readonly systemType?: string;
  /** Stands in for the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Calls actions by their paths. All calls throw `ShopxoError`. */
export interface ShopxoClient {
  /** Reads. The parameters go into the query string. */
  get<Path extends PathOf<'get'>>(
    path: Path,
    ...rest: Arguments<Path, 'get'>
  ): Promise<Data<Path, 'get'>>;

  /** Reads or writes. The parameters go into the body, as JSON, or multipart where one is a file. */
  post<Path extends PathOf<'post'>>(
    path: Path,
    ...rest: Arguments<Path, 'post'>
  ): Promise<Data<Path, 'post'>>;

  /** A client that differs in these options. */
  with(options: Partial<ClientOptions>): ShopxoClient;

  /** A client of a session; without a token, of nobody. */
  withToken(token?: string): ShopxoClient;
}

interface Envelope {
  readonly msg: string;
  readonly code: number;
  readonly data: unknown;
}

/** Any action as the transport sees it: the types of `ShopxoClient` have seen to the rest. */
interface AnyOperation {
  parameters: { query?: Record<string, unknown> };
  requestBody?: { content: { 'application/json': object } };
  responses: { default: { content: { 'application/json': unknown } } };
}

type AnyPaths = Record<string, Record<Method, AnyOperation>>;

/** Makes a client. It keeps nothing but its options: `with` makes another one. */
export function createShopxoClient(options: ClientOptions): ShopxoClient {
  const { baseUrl, token, fetch } = options;
  const transport = createFetchClient<AnyPaths>({
    baseUrl,
    ...(fetch && { fetch }),
    ...(token && { headers: { Authorization: `Bearer ${token}` } }),
  });
  const publicParameters = {
    application: options.application,
    application_client_type: options.applicationClientType,
    system_type: options.systemType,
    lang: options.lang,
  };

  async function call(
    method: Method,
    path: string,
    parameters?: object,
    { signal }: CallOptions = {},
  ): Promise<unknown> {
    const query = { ...publicParameters, ...(method === 'get' && parameters) };
    const body = method === 'post' ? parameters : undefined;
    try {
      const { data, error, response } = await transport.request(method, path, {
        params: { query },
        ...(body && { body, bodySerializer }),
        ...(signal && { signal }),
        parseAs: 'blob',
      });
      return await unwrap(data ?? error, response);
    } catch (error) {
      if (error instanceof ShopxoError || signal?.aborted) throw error;
      throw new ShopxoError('The service could not be reached', { cause: error });
    }
  }

  return {
    // The path names the type; what the service really answers is its own tests' business.
    get: (path, ...rest) => call('get', path, ...rest) as Promise<never>,
    post: (path, ...rest) => call('post', path, ...rest) as Promise<never>,
    with: (changes) => createShopxoClient({ ...options, ...changes }),
    withToken: (other) => createShopxoClient({ ...options, token: other }),
  };
}

function bodySerializer(parameters: object = {}): string | FormData {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  if (!given.some(([, value]) => value instanceof Blob)) return JSON.stringify(parameters);
  const form = new FormData();
  for (const [name, value] of given) {
    if (value instanceof Blob) form.append(name, value);
    else form.append(name, String(value));
  }
  return form;
}

/** @throws ShopxoError the answer is a failure or none of the service's */
async function unwrap(body: unknown, response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (response.ok && type.startsWith('image/')) return body;
  const text = body instanceof Blob ? await body.text() : body;
  const answer = typeof text === 'string' ? parse(text) : text;
  if (!isEnvelope(answer)) {
    throw new ShopxoError(`No answer of the service: HTTP ${String(response.status)}`, {
      response,
    });
  }
  const { code, msg, data } = answer;
  if (code !== 0) throw new ShopxoError(msg, { code, response });
  return data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isEnvelope = (answer: unknown): answer is Envelope =>
  typeof answer === 'object' &&
  answer !== null &&
  'data' in answer &&
  'msg' in answer &&
  typeof answer.msg === 'string' &&
  'code' in answer &&
  Number.isInteger(answer.code);
