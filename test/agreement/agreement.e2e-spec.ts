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
