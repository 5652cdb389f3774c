import type { Identity } from '../../protocol/auth/token-resolver.js';
import { HttpSettings } from '../../config/http.settings.js';
import { setShopTimeZone } from '../../config/time-zone.js';
import { AvatarUrls } from './avatar-urls.js';
import { USER_VIEW_EXAMPLE } from './personal.openapi.js';
import type { Profile } from './user.repository.js';
import { toUserView } from './user.view.js';

const identity: Identity = {
  token: 'a8422d2fb14dd8323a44e7e0c7bceb47',
  sessionId: '1',
  userId: '469',
  systemType: 'default',
  clientType: 'pc',
};

const profile: Profile = {
  id: '469',
  number_code: '8732997469',
  status: 0,
  username: 'pppppp',
  nickname: 'p001',
  mobile: '',
  email: '',
  gender: 1,
  avatar: '',
  province: '上海',
  city: '上海市',
  county: '闵行区',
  birthday: '2022-11-19',
  address: '浦江科技广场',
  integral: 0,
  locking_integral: 0,
  referrer: null,
  add_time: new Date(1_668_859_279_000),
  upd_time: new Date(1_668_859_689_999),
  has_password: true,
  platform: null,
};

const avatars = new AvatarUrls(
  Object.assign(new HttpSettings(), { configuredPublicUrl: 'http://shopxo.com' }),
);

const view = (changes: Partial<Profile> = {}) =>
  toUserView({ ...profile, ...changes }, identity, { application: 'web', language: 'zh' }, avatars);

beforeEach(() => {
  setShopTimeZone('Asia/Shanghai');
});

it("is ShopXO's documented example, field by field and in its order", () => {
  expect(JSON.stringify(view())).toBe(JSON.stringify(USER_VIEW_EXAMPLE));
});

it.each([
  [true, '1'],
  [false, '0'],
])('ends, for the app, with whether there is a password: %s', (hasPassword, told) => {
  const audience = { application: 'app', language: 'zh' } as const;
  const shown = toUserView({ ...profile, has_password: hasPassword }, identity, audience, avatars);
  expect(JSON.stringify(shown)).toBe(JSON.stringify({ ...USER_VIEW_EXAMPLE, is_setup_pwd: told }));
});

it.each([
  ['America/New_York', '2022-11-19 07:01:19'],
  ['Asia/Kathmandu', '2022-11-19 17:46:19'],
])("shows times in the shop's zone: %s", (zone, text) => {
  setShopTimeZone(zone);
  expect(view().add_time_text).toBe(text);
});

it.each([
  ['13800138000', '138***000'],
  ['ab', 'ab***ab'],
  ['😀😁😂😃😄😅😆', '😀😁😂***😄😅😆'],
])('masks %s as %s', (mobile, masked) => {
  expect(view({ mobile, email: mobile })).toMatchObject({
    mobile_security: masked,
    email_security: masked,
  });
});

it.each<[Partial<Profile>, string]>([
  [{}, 'pppppp'],
  [{ username: '' }, 'p001'],
  [{ username: '', nickname: '', mobile: '13800138000', email: 'a@b.example' }, '138***000'],
  [{ username: '', nickname: '', email: 'a@b.example' }, 'a@b***ple'],
  [{ username: '', nickname: '' }, ''],
])('is called by the first of its names: %j', (changes, name) => {
  expect(view(changes).user_name_view).toBe(name);
});
