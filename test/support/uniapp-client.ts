import { type Answer, send } from './wire.js';

/** What the client reads of every answer. */
export interface Body<T> {
  readonly msg: string;
  readonly code: number;
  readonly data: T;
}

/** Where the browser has the client's pages from: another port than the service's. */
const ORIGIN = 'http://127.0.0.1:5173';

/**
 * ShopXO's open-source uni-app client (gongfuxiang/shopxo-uniapp) in its H5 build: its query
 * string, its bodies, its store of the user who is logged in, and the browser that it runs in, which
 * asks for permission before every call and keeps answers back that do not permit it.
 */
export class UniAppClient {
  /** What the client stores of the user who is logged in. */
  user?: { readonly token: string };

  constructor(private readonly url: string) {}

  /** A page's `uni.request`: always POST, always JSON, `{}` where it has nothing to say. */
  async request<T>(action: string, controller: string, data: object = {}): Promise<Body<T>> {
    const headers = { 'content-type': 'application/json' };
    return this.post<T>(this.path(action, controller), headers, Buffer.from(JSON.stringify(data)));
  }

  /** A page's `uni.uploadFile`. */
  async upload<T>(action: string, controller: string, file: Buffer): Promise<Body<T>> {
    const form = new FormData();
    form.append('file', new File([new Uint8Array(file)], 'file.png', { type: 'image/png' }));
    const multipart = new Response(form);
    const headers = { 'content-type': multipart.headers.get('content-type')! };
    const body = Buffer.from(await multipart.arrayBuffer());
    return this.post<T>(this.path(action, controller), headers, body);
  }

  /** Calls what answers with the user, and stores it as the client does. */
  async logIn<T extends { readonly token: string }>(
    action: string,
    controller: string,
    data: object,
  ): Promise<Body<T>> {
    const body = await this.request<T>(action, controller, data);
    if (body.code === 0) this.user = body.data;
    return body;
  }

  /** The client's get_request_url and request_params_handle, in their order. */
  private path(action: string, controller: string): string {
    return (
      `/api.php?s=${controller}/${action}` +
      '&system_type=default&application=app&application_client_type=h5' +
      `&token=${this.user?.token ?? ''}&uuid=5a1c0d6e-7b1f-4a53-9a53-0f1d2c3b4a59` +
      '&referrer=469&user_lng=121.4737&user_lat=31.2304&lang=zh&theme=yellow&ajax=ajax'
    );
  }

  private async post<T>(
    path: string,
    headers: Record<string, string>,
    body: Buffer,
  ): Promise<Body<T>> {
    const browser = { Origin: ORIGIN, Referer: `${ORIGIN}/` };
    expectPermission(
      await send(this.url, {
        method: 'OPTIONS',
        path,
        headers: {
          ...browser,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'content-type',
        },
      }),
    );
    const answer = await send(this.url, {
      method: 'POST',
      path,
      headers: { ...browser, ...headers },
      body,
    });
    expectReadable(answer);
    expect(answer.status).toBe(200);
    return answer.body as Body<T>;
  }
}

const listOf = (answer: Answer, header: string): string[] =>
  String(answer.headers[header] ?? '')
    .toLowerCase()
    .split(/\s*,\s*/);

/** Expects what a browser needs before it sends the call itself. */
function expectPermission(answer: Answer): void {
  expect(Math.floor(answer.status / 100)).toBe(2);
  expectReadable(answer);
  expect(listOf(answer, 'access-control-allow-methods')).toContain('post');
  expect(listOf(answer, 'access-control-allow-headers')).toContain('content-type');
}

/** Expects what a browser needs before it shows an answer to the page. */
function expectReadable(answer: Answer): void {
  expect(['*', ORIGIN]).toContain(answer.headers['access-control-allow-origin']);
}
