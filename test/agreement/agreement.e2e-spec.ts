import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';

const DOCUMENTS = ['userregister', 'userprivacy', 'userlogout'];
const LANGUAGES = ['zh', 'en', 'cht', 'spa'];

const show = async (test: TestApp, document: string, lang = 'zh') => {
  const { body } = await test.http.get(`/agreement/index?document=${document}&lang=${lang}`);
  return body;
};

describe('the texts that come with the service', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });

  afterAll(async () => {
    await test.close();
  });

  it.each(DOCUMENTS)('has %s in every language', async (document) => {
    const texts = new Set<string>();
    for (const lang of LANGUAGES) {
      const body = await show(test, document, lang);
      expect(Object.keys(body)).toEqual(['msg', 'code', 'data']);
      expect(body).toEqual({
        msg: 'success',
        code: 0,
        data: { value: expect.stringMatching(/^(<p>[^<]+<\/p>\n?){3,}$/) },
      });
      texts.add(body.data.value);
    }
    expect(texts.size).toBe(LANGUAGES.length);
  });

  it('answers a language that there is not in Chinese', async () => {
    expect(await show(test, 'userlogout', 'fr')).toEqual(await show(test, 'userlogout', 'zh'));
  });

  it.each([
    '/agreement/index',
    '/api.php?s=agreement/index&application=app&application_client_type=h5&token=&ajax=ajax',
    '/api.php/Agreement/Index.html',
  ])('answers GET and POST alike: %s', async (url) => {
    const join = url.includes('?') ? '&' : '?';
    const answers = [
      await test.http.get(`${url}${join}document=userlogout`),
      await test.http.post(url).send({ document: 'userlogout' }),
      await test.http.post(url).type('form').send({ document: 'userlogout' }),
      await test.http.post(`${url}${join}document=userregister`).send({ document: 'userlogout' }),
    ];
    for (const { body } of answers) expect(body.data.value).toMatch(/^<p>注销账号前/);
  });

  it.each([
    '',
    'userregister ',
    'UserRegister',
    'userregister.html',
    'userregister\u0000',
    '../zh/userregister',
    '..%2fzh%2fuserregister',
    '../../package',
    '/etc/passwd',
    'file:///etc/passwd',
    '__proto__',
    'constructor',
    'x'.repeat(10_000),
    null,
    0,
    true,
    ['userregister'],
    { toString: 'userregister' },
  ])('refuses a document of %j, naming it and the values', async (document) => {
    const { status, body } = await test.http.post('/agreement/index').send({ document });
    expect(status).toBe(200);
    expect(body).toEqual({
      msg: '协议文档（document）须为以下之一：userregister, userprivacy, userlogout',
      code: -1,
      data: [],
    });
  });

  it('asks for an absent document, in the language of the request', async () => {
    const { body } = await test.http.get('/agreement/index?lang=en');
    expect(body).toEqual({ msg: 'Document (document) is required', code: -1, data: [] });
  });

  it.each(['../en', 'zh/../en', '..'])('takes no path from the language: %s', async (lang) => {
    const { body } = await test.http
      .post('/agreement/index')
      .send({ document: 'userlogout', lang });
    expect(body.data.value).toMatch(/^<p>注销账号前/);
  });
});

describe('a page for a browser', () => {
  let dir: string;
  let test: TestApp;

  const page = (document: string, lang = 'zh', method: 'get' | 'post' = 'get') =>
    test.http[method](`/agreement/index?document=${document}&is_content=1&lang=${lang}`);

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'nest-shopxo-agreements-'));
    await mkdir(join(dir, 'zh'));
    test = await startTestApp({
      AGREEMENTS_DIR: dir,
      DATABASE_URL: await freshDatabase('pages'),
      PUBLIC_URL: 'http://shop.test/api',
    });
    for (const document of DOCUMENTS) {
      await writeFile(join(dir, 'zh', `${document}.html`), `<p>甲 ${document}</p>`);
    }
  });

  afterAll(async () => {
    await test.close();
    await rm(dir, { recursive: true });
  });

  it.each([
    ['zh', '用户注册协议', 'zh-Hans'],
    ['en', 'Terms of use', 'en'],
    ['cht', '用戶註冊協議', 'zh-Hant'],
    ['spa', 'Condiciones de uso', 'es'],
  ])('is where base/common leads to: %s', async (lang, title, tag) => {
    const { body } = await test.http.post('/base/common').send({ lang });
    for (const document of DOCUMENTS) {
      const url = (body.data.config as Record<string, string>)[`agreement_${document}_url`]!;
      expect(url).toMatch(/^http:\/\/shop\.test\/api\/agreement\/index\?/);
      const { status, headers, text } = await test.http.get(
        url.slice('http://shop.test/api'.length),
      );
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(text).toContain(`<p>甲 ${document}</p>`);
      expect(text).toContain(`<html lang="${tag}">`);
      if (document === 'userregister') expect(text).toContain(`<title>${title}</title>`);
    }
  });

  it('may be shown in a frame, runs no script and sends no form', async () => {
    const { headers } = await page('userregister');
    const policy = headers['content-security-policy']!;
    for (const directive of ["default-src 'none'", 'frame-ancestors *', "form-action 'none'"]) {
      expect(policy.split('; ')).toContain(directive);
    }
    expect(policy).toContain('; sandbox');
    expect(policy).not.toMatch(/script-src|allow-scripts|allow-same-origin/);
    expect(headers).not.toHaveProperty('x-frame-options');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it("keeps an operator's text and nothing that acts", async () => {
    const hostile =
      '<h2 onclick="a()">乙</h2><script>b()</script><img src="x" onerror="c()"><iframe src="//d"></iframe>' +
      '<a href="javascript:e()">链接</a><a href="https://f.test/">好</a><style>*{g}</style></body><form action="//h">';
    await writeFile(join(dir, 'zh', 'userprivacy.html'), hostile);
    const { text } = await page('userprivacy');
    expect(text).toContain('<h2>乙</h2>');
    expect(text).toContain('<a href="https://f.test/">好</a>');
    expect(text).not.toMatch(/onclick|onerror|<script|iframe|javascript:|\{g\}|<form/);
    expect(text.match(/<\/body>/g)).toHaveLength(1);
  });

  it.each(['0', 0, undefined])('is an envelope for is_content=%j', async (is_content) => {
    const { body, headers } = await test.http
      .post('/agreement/index')
      .send({ document: 'userlogout', is_content });
    expect(body).toMatchObject({ code: 0, data: { value: '<p>甲 userlogout</p>' } });
    expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers).toHaveProperty('x-frame-options');
  });

  it.each(['2', 'x', true, ['1'], null])('refuses is_content %j, naming it', async (is_content) => {
    const { body } = await test.http
      .post('/agreement/index')
      .send({ document: 'userlogout', is_content });
    expect(body).toMatchObject({
      code: -1,
      msg: expect.stringContaining('（is_content）'),
      data: [],
    });
  });

  it('says in an envelope that there is none', async () => {
    await rm(join(dir, 'zh', 'userlogout.html'));
    const { headers, body } = await page('userlogout');
    expect(body).toEqual({ msg: '该协议内容尚未提供', code: -100, data: [] });
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('is read by HEAD, and by POST alike', async () => {
    const get = await page('userregister');
    expect((await page('userregister', 'zh', 'post')).text).toBe(get.text);
    const head = await test.http.head('/agreement/index?document=userregister&is_content=1');
    expect(head.headers['content-type']).toBe('text/html; charset=utf-8');
  });
});

describe("an operator's texts", () => {
  let dir: string;
  let test: TestApp;

  const write = (lang: string, document: string, text: string) =>
    writeFile(join(dir, lang, `${document}.html`), text);

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'nest-shopxo-agreements-'));
    for (const lang of ['zh', 'en', 'spa']) await mkdir(join(dir, lang));
    test = await startTestApp({
      AGREEMENTS_DIR: dir,
      DATABASE_URL: await freshDatabase('operator'),
    });
  });

  afterAll(async () => {
    await test.close();
    await rm(dir, { recursive: true });
  });

  it('shows them as they are, but for a byte order mark and space around', async () => {
    await write('zh', 'userregister', '\uFEFF\n<p onclick="x">“我的”<b>协议</b></p>\r\n');
    expect(await show(test, 'userregister')).toEqual({
      msg: 'success',
      code: 0,
      data: { value: '<p onclick="x">“我的”<b>协议</b></p>' },
    });
  });

  it('shows a file that is written anew, or put in its place, at the next request', async () => {
    for (const text of ['<p>1</p>', '<p>2</p>', '<p>longer</p>']) {
      await write('en', 'userregister', text);
      expect((await show(test, 'userregister', 'en')).data.value).toBe(text);
      expect((await show(test, 'userregister', 'en')).data.value).toBe(text);
    }
    await writeFile(join(dir, 'new.html'), '<p>replaced</p>');
    await rename(join(dir, 'new.html'), join(dir, 'en', 'userregister.html'));
    expect((await show(test, 'userregister', 'en')).data.value).toBe('<p>replaced</p>');
  });

  it('falls back to the Chinese one, never to one that came with the service', async () => {
    await write('zh', 'userprivacy', '<p>隐私</p>');
    for (const lang of LANGUAGES) {
      expect((await show(test, 'userprivacy', lang)).data.value).toBe('<p>隐私</p>');
    }
    await write('spa', 'userprivacy', '<p>privacidad</p>');
    expect((await show(test, 'userprivacy', 'spa')).data.value).toBe('<p>privacidad</p>');
    await rm(join(dir, 'spa', 'userprivacy.html'));
    expect((await show(test, 'userprivacy', 'spa')).data.value).toBe('<p>隐私</p>');
  });

  it('says so where there is none', async () => {
    expect(await show(test, 'userlogout')).toEqual({
      msg: '该协议内容尚未提供',
      code: -100,
      data: [],
    });
    expect(await show(test, 'userlogout', 'en')).toEqual({
      msg: 'The text of this agreement has not been provided',
      code: -100,
      data: [],
    });
  });

  it('hides the path of a file that cannot be read', async () => {
    await mkdir(join(dir, 'zh', 'userlogout.html'));
    const { status, text } = await test.http.get('/agreement/index?document=userlogout');
    expect(status).toBe(500);
    expect(text).not.toContain(dir);
    await rm(join(dir, 'zh', 'userlogout.html'), { recursive: true });
  });
});
