import { isEmail, isMobile, looksLikeMobile, normaliseAccount } from './account-format.js';

it.each([
  ['13800138000', true],
  ['19912345678', true],
  ['12800138000', false],
  ['1380013800', false],
  ['138001380000', false],
  ['+8613800138000', false],
  ['13800138000\n', false],
  ['１３８００１３８０００', false],
  ['', false],
])('isMobile %j: %s', (text, expected) => expect(isMobile(text)).toBe(expected));

it.each([
  ['13800138000', true],
  ['12800138000', true],
  ['1380013800', false],
  ['23800138000', false],
  ['13800138000\n', false],
])('looksLikeMobile %j: %s', (text, expected) => expect(looksLikeMobile(text)).toBe(expected));

it.each([
  ['a@example.com', true],
  ['A.B+c@Example.CO', true],
  [`${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.com`, true],
  [`a@${`${'b'.repeat(60)}.`.repeat(4)}${'c'.repeat(10)}.com`, false],
  ['a@example', false],
  ['a@example.com\n', false],
  ['a@example.com,b@example.com', false],
  ['Name <a@example.com>', false],
  ['аdmin@example.com', false],
  ['a@exаmple.com', false],
  ['13800138000', false],
  ['"bob"@example.com', false],
  ['"<bob>"@example.com', false],
  ['"bob@evil.test"@example.com', false],
  ['""@example.com', false],
  ['bo"b@example.com', false],
  ['=?utf-8?q?bob=40evil.test=3e?=@example.com', false],
  ['bob(comment)@example.com', false],
  ['bob@evil.test@example.com', false],
  ["!#$%&'*+-/=.?^_`{|}~@example.com", true],
  ['', false],
])('isEmail %j: %s', (text, expected) => expect(isEmail(text)).toBe(expected));

it.each(['\u212aim', 'k\u0131m', 'K\u0130M', '\uff2bim', '\u017fam', 'ÉMILE'])(
  'takes no letter for another: %s',
  (name) => {
    expect(normaliseAccount(name)).toBe(name.replace(/[A-Z]/g, (one) => one.toLowerCase()));
  },
);

it('normalises addresses to lower case', () => {
  expect(normaliseAccount('Some.One@Example.COM')).toBe('some.one@example.com');
  expect(normaliseAccount('13800138000')).toBe('13800138000');
});
