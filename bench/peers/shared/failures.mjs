/** What a peer refuses a request with; anything else that is thrown is an unexpected error. */
export class Refusal extends Error {
  /**
   * @param {number} code ShopXO's
   * @param {string} message for people
   * @param {number} [status] of HTTP
   */
  constructor(code, message, status = 200) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const notLoggedIn = () => new Refusal(-400, '登录失效，请重新登录');
export const malformedBody = () => new Refusal(-1, '请求内容格式错误', 400);
export const bodyNotObject = () => new Refusal(-1, '请求内容须为 JSON 对象', 400);
export const bodyTooDeep = () => new Refusal(-1, '请求内容嵌套不得超过 32 层', 400);
export const bodyTooLarge = () => new Refusal(-1, '请求内容不得超过 100 kB', 413);
export const noSuchRoute = () => new Refusal(-1000, '请求的接口不存在', 404);
export const avatarNotYours = () =>
  new Refusal(-1, '头像（avatar）须为空、默认头像或您在本站上传的图片');

/** @param {string} requestId */
export const unexpected = (requestId) =>
  new Refusal(-500, `服务器内部错误（请求编号 ${requestId}）`, 500);

/** @param {Refusal} refusal */
export const refused = ({ message, code }) => ({ msg: message, code, data: [] });
