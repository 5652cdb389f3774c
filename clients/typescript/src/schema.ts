// Made from docs/openapi.json by npm run docs.

export interface paths {
  '/personal/index': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The user's own profile */
    get: operations['PersonalController_index_get'];
    put?: never;
    /** The user's own profile */
    post: operations['PersonalController_index_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/personal/save': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Save the user's own profile
     * @description All or nothing: one wrong parameter, and nothing is changed.
     */
    post: operations['PersonalController_save_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/personal/changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What happened to the user's own account
     * @description Who changed the profile, the delivery addresses, the password, the bound contacts or the sessions, when, and from where; the newest first. Entries are removed after a year, and the oldest before that where there are many, as the operator has set it.
     */
    get: operations['PersonalController_changes_get'];
    put?: never;
    /**
     * What happened to the user's own account
     * @description Who changed the profile, the delivery addresses, the password, the bound contacts or the sessions, when, and from where; the newest first. Entries are removed after a year, and the oldest before that where there are many, as the operator has set it.
     */
    post: operations['PersonalController_changes_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/reg': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Register and be logged in
     * @description Code -2: an account or password of a wrong form. Code -3: the account is taken. Codes -10 and -11: there is no code, or it is wrong. Code -429: too many registrations from this address, or too many wrong codes; `Retry-After` tells how many seconds to wait.
     */
    post: operations['UserController_reg_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log in
     * @description Opens a session of the system type and client type of this request. Code -4: the account is unknown or the password wrong; which of the two is not told. Code -110: the account is banned or awaiting review. Codes -10 and -11: there is no code or picture captcha, or it is wrong. Code -429: too many failures, for the account or from this address; `Retry-After` tells how many seconds to wait.
     */
    post: operations['UserController_login_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/tokenuserinfo': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The user of a token
     * @description Code -1: the token is absent or not valid.
     */
    get: operations['UserController_tokenuserinfo_get'];
    put?: never;
    /**
     * The user of a token
     * @description Code -1: the token is absent or not valid.
     */
    post: operations['UserController_tokenuserinfo_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Log out: end this session */
    post: operations['UserController_logout_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The account's sessions, the one used last first */
    get: operations['UserController_sessions_get'];
    put?: never;
    /** The account's sessions, the one used last first */
    post: operations['UserController_sessions_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/sessionrevoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End one of the account's sessions, or all others */
    post: operations['UserController_sessionrevoke_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/loginverifysend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a code for a login
     * @description Nothing is sent to an unknown account; the answer is the same. While many codes are guessed wrongly, for all accounts together, the answer of a picture captcha is needed in `verify`: code -10 without one, code -11 with a wrong one. Its type is user_login. Four digits, or as many as `VERIFICATION_CODE_LENGTH` says, valid for ten minutes. Code -1: the channel is closed. Code -2: the account has a wrong form. Code -100: nothing could be sent. Code -429: one a minute, ten an hour and fifteen a day for an account; without settings thirty a minute and three hundred an hour from an address.
     */
    post: operations['CodeController_loginverifysend_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/regverifysend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a code for a registration
     * @description Whether the account is taken is told by user/reg, after the right code. While many codes are guessed wrongly, for all accounts together, the answer of a picture captcha is needed in `verify`: code -10 without one, code -11 with a wrong one. Its type is user_reg. Four digits, or as many as `VERIFICATION_CODE_LENGTH` says, valid for ten minutes. Code -1: the channel is closed. Code -2: the account has a wrong form. Code -100: nothing could be sent. Code -429: one a minute, ten an hour and fifteen a day for an account; without settings thirty a minute and three hundred an hour from an address.
     */
    post: operations['CodeController_regverifysend_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/forgetpwdverifysend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a code for a forgotten password
     * @description Nothing is sent to an unknown account; the answer is the same. While many codes are guessed wrongly, for all accounts together, the answer of a picture captcha is needed in `verify`: code -10 without one, code -11 with a wrong one. Its type is user_forget. Four digits, or as many as `VERIFICATION_CODE_LENGTH` says, valid for ten minutes. Code -1: the channel is closed. Code -2: the account has a wrong form. Code -100: nothing could be sent. Code -429: one a minute, ten an hour and fifteen a day for an account; without settings thirty a minute and three hundred an hour from an address.
     */
    post: operations['CodeController_forgetpwdverifysend_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/forgetpwd': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Set a new password by code
     * @description Ends every session and code of the account. Code -2: the account has a wrong form. Code -10: there is no code, it has expired, or its tries are used up. Code -11: the code is wrong. Code -429: too many wrong codes, from this address or session, or for the account from all who did not ask for the code. Code -110: the account is banned or awaiting review, told after the right code only.
     */
    post: operations['CodeController_forgetpwd_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/appmobilebindverifysend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a code to a mobile number that is to be bound
     * @description It may be anyone's. The code is for the account that asks only. Four digits, or as many as `VERIFICATION_CODE_LENGTH` says, valid for ten minutes. Code -1: the channel is closed. Code -2: the account has a wrong form. Code -100: nothing could be sent. Code -429: one a minute, ten an hour and fifteen a day for an account; without settings thirty a minute and three hundred an hour from an address.
     */
    post: operations['CodeController_appmobilebindverifysend_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/appmobilebind': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Bind a mobile number to the account
     * @description Code -2: the account has a wrong form. Code -10: there is no code, it has expired, or its tries are used up. Code -11: the code is wrong. Code -429: too many wrong codes, from this address or session, or for the account from all who did not ask for the code. Code -3: it is another account's, told after the right code only. Where another one is bound and the account has a password, code -1: `pwd` is missing, and no sign-in within ten minutes; code -4: it is wrong.
     */
    post: operations['CodeController_appmobilebind_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/appemailbindverifysend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a code to an address that is to be bound
     * @description It may be anyone's. The code is for the account that asks only. Four digits, or as many as `VERIFICATION_CODE_LENGTH` says, valid for ten minutes. Code -1: the channel is closed. Code -2: the account has a wrong form. Code -100: nothing could be sent. Code -429: one a minute, ten an hour and fifteen a day for an account; without settings thirty a minute and three hundred an hour from an address.
     */
    post: operations['CodeController_appemailbindverifysend_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/appemailbind': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Bind an email address to the account
     * @description Code -2: the account has a wrong form. Code -10: there is no code, it has expired, or its tries are used up. Code -11: the code is wrong. Code -429: too many wrong codes, from this address or session, or for the account from all who did not ask for the code. Code -3: it is another account's, told after the right code only. Where another one is bound and the account has a password, code -1: `pwd` is missing, and no sign-in within ten minutes; code -4: it is wrong.
     */
    post: operations['CodeController_appemailbind_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/safety/loginpwdupdate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change the password
     * @description Ends every other session and every code of the account. A first password needs a sign-in within ten minutes: code -1 otherwise. Code -4: the password is wrong. Code -429: it was wrong too often in this session; `Retry-After` tells how many seconds to wait.
     */
    post: operations['SafetyController_loginpwdupdate_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/safety/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Close the account for ever
     * @description Ends every session and code and frees user name, mobile number and email address. Without `pwd` the session must have been opened by a sign-in within ten minutes: code -1 otherwise. Code -4: the password is wrong. Code -429: it was wrong too often in this session; `Retry-After` tells how many seconds to wait.
     */
    post: operations['SafetyController_logout_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/appminiuserauth': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in with a mini-program's login code
     * @description Answers the user and a token; weixin registers whoever is unknown. Elsewhere whoever is unknown gets `is_user_exist` 0 and a ticket of 24 hours, as `openid` and as `<client>_openid`, for user/appminiuserinfo, user/userbasereg, user/onekeyusermobilebind, user/login and user/reg. Code -1: the platform refuses the code. Code -110: the account is banned or awaiting review. Code -1 besides: a client that is no mini-program, or whose platform is not configured. Code -503: the platform does not answer in time.
     */
    post: operations['MiniProgramController_appminiuserauth_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/appminiuserinfo': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in with a ticket, and register whoever is unknown
     * @description Spends the ticket. Code -1 for an `openid` that is neither a live ticket nor the own openid of who sends a token. Code -429: too many registrations from this address.
     */
    post: operations['MiniProgramController_appminiuserinfo_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/onekeyusermobilebind': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Bind the mobile number that the platform has verified
     * @description For weixin, baidu and toutiao. With a token: binds it to that account, which must have no other. With a ticket, which is spent: signs in to the account of the platform identity, or registers one. Code -1 for an `openid` that is neither a live ticket nor the own openid of who sends a token. Code -3: another number is bound, or another account has it. Code -1 besides: a client that is no mini-program, or whose platform is not configured. Code -503: the platform does not answer in time.
     */
    post: operations['MiniProgramController_onekeyusermobilebind_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/onekeyusermobiledecrypt': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The mobile number that the platform has verified
     * @description For weixin, baidu and toutiao. For ten minutes personal/save and user/userbasereg take the number. A ticket is not spent. Code -1 for an `openid` that is neither a live ticket nor the own openid of who sends a token. Code -1 besides: a client that is no mini-program, or whose platform is not configured. Code -503: the platform does not answer in time.
     */
    post: operations['MiniProgramController_onekeyusermobiledecrypt_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/userbasereg': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Register with a ticket and the name that the user has typed
     * @description Spends the ticket. With a token and the own openid that account is answered. Code -1 for an `openid` that is neither a live ticket nor the own openid of who sends a token. Code -3: another account has the number. Code -429: too many registrations from this address.
     */
    post: operations['MiniProgramController_userbasereg_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/userverifyentry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Draw a picture captcha
     * @description Four characters, to be entered in any case, valid for ten minutes and one answer. A new picture replaces the last one of the same type and uuid. At most 30 a minute for an address.
     */
    get: operations['CaptchaController_userVerifyEntry_get'];
    put?: never;
    /**
     * Draw a picture captcha
     * @description Four characters, to be entered in any case, valid for ten minutes and one answer. A new picture replaces the last one of the same type and uuid. At most 30 a minute for an address.
     */
    post: operations['CaptchaController_userVerifyEntry_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/personal/useravatarupload': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Upload a picture for the user's avatar
     * @description The picture is cropped if asked, then to the square in its middle, made at most 512 pixels wide and encoded anew, one with transparency as WebP, any other as JPEG; of a GIF the first frame is used. It becomes the avatar when the profile is saved with the URL that is answered; one that no profile uses is removed after a day. At most five an hour; one counts from when it is decoded, damaged or not.
     */
    post: operations['AvatarController_upload_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/region/index': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The parts of a region in the official order
     * @description Empty for a region that is unknown or has no parts.
     */
    get: operations['RegionController_index_get'];
    put?: never;
    /**
     * The parts of a region in the official order
     * @description Empty for a region that is unknown or has no parts.
     */
    post: operations['RegionController_index_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/region/all': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every region as a tree */
    get: operations['RegionController_all_get'];
    put?: never;
    /** Every region as a tree */
    post: operations['RegionController_all_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/region/codedata': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The region of a code of GB/T 2260, with those that it is a part of
     * @description id 0 and an empty name below the level of the code; -1 where no region has it.
     */
    get: operations['RegionController_codeData_get'];
    put?: never;
    /**
     * The region of a code of GB/T 2260, with those that it is a part of
     * @description id 0 and an empty name below the level of the code; -1 where no region has it.
     */
    post: operations['RegionController_codeData_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/agreement/index': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The text of an agreement
     * @description With `is_content=1` a page for a browser: text/html, without an envelope.
     */
    get: operations['AgreementController_index_get'];
    put?: never;
    /**
     * The text of an agreement
     * @description With `is_content=1` a page for a browser: text/html, without an envelope.
     */
    post: operations['AgreementController_index_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/base/common': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a client needs to know at its start */
    get: operations['BaseController_common_get'];
    put?: never;
    /** What a client needs to know at its start */
    post: operations['BaseController_common_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/index/index': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The home page */
    get: operations['IndexController_index_get'];
    put?: never;
    /** The home page */
    post: operations['IndexController_index_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/center': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The user's page
     * @description Without a token: the default avatar, empty names and no points.
     */
    get: operations['UserCenterController_center_get'];
    put?: never;
    /**
     * The user's page
     * @description Without a token: the default avatar, empty names and no points.
     */
    post: operations['UserCenterController_center_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/useraddress/index': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The user's own addresses: the default one, then the newest first */
    get: operations['UserAddressController_index_get'];
    put?: never;
    /** The user's own addresses: the default one, then the newest first */
    post: operations['UserAddressController_index_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/useraddress/detail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One of the user's own addresses */
    get: operations['UserAddressController_detail_get'];
    put?: never;
    /** One of the user's own addresses */
    post: operations['UserAddressController_detail_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/useraddress/save': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Add an address or replace one */
    post: operations['UserAddressController_save_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/useraddress/delete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Delete one of the user's own addresses */
    post: operations['UserAddressController_delete_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/useraddress/setdefault': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Make one of the user's own addresses the default one */
    post: operations['UserAddressController_setDefault_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/useraddress/outsystemadd': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Add an address from a platform's own address book, by the names of its regions
     * @description Names are matched below their parent, with or without their suffix. A city that is not found is looked for by the county's name. An address that the user has already is not added again.
     */
    post: operations['UserAddressController_outSystemAdd_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ueditor/index': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Upload a picture of the user's identity card
     * @description The picture is encoded anew in the aspect that it has, at most 2,000 pixels wide and high, and stored encrypted. An address shows it when it is saved with the link that is answered. The link is good for ten minutes; useraddress/detail gives new ones. At most five an hour.
     */
    post: operations['IdCardPictureController_upload_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/useraddress/idcardpicture': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Show a picture of an identity card by its link
     * @description An unknown, changed or expired link is answered with 404. Nobody may keep the picture.
     */
    get: operations['IdCardPictureController_picture_get'];
    put?: never;
    /**
     * Show a picture of an identity card by its link
     * @description An unknown, changed or expired link is answered with 404. Nobody may keep the picture.
     */
    post: operations['IdCardPictureController_picture_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/message/index': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The user's messages, newest first; those of the page are read from now on */
    post: operations['MessageController_index_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/userintegral/index': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The changes of the user's points, newest first; the balance on the first page */
    get: operations['UserIntegralController_index_get'];
    put?: never;
    /** The changes of the user's points, newest first; the balance on the first page */
    post: operations['UserIntegralController_index_post'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process answers */
    get: operations['HealthController_live_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the database is reachable and its migrations are current */
    get: operations['HealthController_ready_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    SavePersonalDto: {
      /**
       * @description Nickname: 1–60 code points after trimming, at least one of them visible.
       * @example p001
       */
      nickname: string;
      /**
       * @description Birthday: YYYY-MM-DD, from 1900-01-01 to today; empty clears it.
       * @example 2022-11-19
       */
      birthday?: string;
      /**
       * @description Province; empty clears it.
       * @example 上海
       */
      province?: string;
      /**
       * @description City; empty clears it.
       * @example 上海市
       */
      city?: string;
      /**
       * @description District or county; empty clears it.
       * @example 闵行区
       */
      county?: string;
      /**
       * @description 0 undisclosed, 1 female, 2 male; a string or a JSON number.
       * @example 1
       * @enum {string}
       */
      gender?: '0' | '1' | '2';
      /** @description Address; empty clears it. */
      address?: string;
      /** @description URL of a picture that this service stored for the user; empty or the default one resets it. */
      avatar?: string;
      /** @description Taken where user/onekeyusermobiledecrypt has answered this number for this account within ten minutes; any other is ignored. */
      mobile?: string;
    };
    PageDto: {
      /**
       * @description Beyond the last page there is no entry.
       * @default 1
       */
      page: number;
      /** @default 20 */
      page_size: number;
    };
    RegisterDto: {
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      weixin_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      qq_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      baidu_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      toutiao_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      kuaishou_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      alipay_openid?: string;
      /**
       * @description What `accounts` is. A type that is not offered is an error.
       * @example username
       * @enum {string}
       */
      type: 'username' | 'sms' | 'email';
      /**
       * @description The user name: 2–18 letters, digits or underscores, and no mobile number. Unique in any case. Or the mobile number or email address that `type` says.
       * @example new_user
       */
      accounts: string;
      /**
       * Format: password
       * @description The password: 8–72 characters, taken as they are; none of the most common ones and no name of the account.
       */
      pwd: string;
      /** @description The code that was sent, for `sms` and `email`. */
      verify?: string;
    };
    LoginDto: {
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      weixin_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      qq_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      baidu_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      toutiao_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      kuaishou_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      alipay_openid?: string;
      /**
       * @description How to log in: `username` by password, `sms` or `email` by code. A type that is not offered is an error.
       * @example username
       * @enum {string}
       */
      type: 'username' | 'sms' | 'email';
      /**
       * @description The user name, mobile number or email address.
       * @example new_user
       */
      accounts: string;
      /**
       * Format: password
       * @description The password, for `username`.
       */
      pwd?: string;
      /** @description The code that was sent, for `sms` and `email`; for `username` the answer of the picture captcha, where one is asked for. */
      verify?: string;
    };
    RevokeSessionDto: {
      /**
       * @description The id of one of the account's sessions; `others` for all but this one.
       * @example others
       */
      id: string;
    };
    SendCodeDto: {
      /**
       * @description What `accounts` is. A channel that is closed is an error.
       * @example sms
       * @enum {string}
       */
      type: 'sms' | 'email';
      /**
       * @description A mobile number or an email address.
       * @example 13800138000
       */
      accounts: string;
      /** @description The characters of the picture that user/userverifyentry draws, while a sending needs one: code -10 without one, -11 with a wrong one. Ignored otherwise. */
      verify?: string;
    };
    SendPasswordCodeDto: {
      /**
       * @description A mobile number or an email address.
       * @example 13800138000
       */
      accounts: string;
      /** @description The characters of the picture that user/userverifyentry draws, while a sending needs one: code -10 without one, -11 with a wrong one. Ignored otherwise. */
      verify?: string;
    };
    ForgetPasswordDto: {
      /**
       * @description A mobile number or an email address.
       * @example 13800138000
       */
      accounts: string;
      /**
       * @description The code that was sent.
       * @example 1234
       */
      verify: string;
      /**
       * Format: password
       * @description The new password: 8–72 characters, taken as they are; none of the most common ones and no name of the account.
       */
      pwd: string;
    };
    MobileContactDto: {
      /**
       * @description A mobile number of mainland China.
       * @example 13800138000
       */
      mobile: string;
    };
    BindMobileDto: {
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      weixin_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      qq_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      baidu_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      toutiao_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      kuaishou_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      alipay_openid?: string;
      /**
       * @description A mobile number of mainland China.
       * @example 13800138000
       */
      mobile: string;
      /**
       * @description The code that was sent.
       * @example 1234
       */
      verify: string;
      /**
       * Format: password
       * @description The password, where another number is bound and the account has a password.
       */
      pwd?: string;
    };
    EmailContactDto: {
      /**
       * @description An email address; stored in lower case.
       * @example someone@example.com
       */
      email: string;
    };
    BindEmailDto: {
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      weixin_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      qq_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      baidu_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      toutiao_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      kuaishou_openid?: string;
      /** @description In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the account gets. Code -1 for anything else but the own openid of who sends a token. */
      alipay_openid?: string;
      /**
       * @description An email address; stored in lower case.
       * @example someone@example.com
       */
      email: string;
      /**
       * @description The code that was sent.
       * @example 1234
       */
      verify: string;
      /**
       * Format: password
       * @description The password, where another address is bound and the account has a password.
       */
      pwd?: string;
    };
    ChangePasswordDto: {
      /**
       * Format: password
       * @description The password until now, where the account has one.
       */
      my_pwd?: string;
      /**
       * Format: password
       * @description The new password: 8–72 characters, taken as they are; none of the most common ones and no name of the account.
       */
      new_pwd: string;
      /**
       * Format: password
       * @description The new password again.
       */
      confirm_new_pwd: string;
    };
    CloseAccountDto: {
      /**
       * Format: password
       * @description The password; without it the session needs a recent sign-in.
       */
      pwd?: string;
    };
    AppMiniUserAuthDto: {
      /**
       * @description The platform's login code, which counts once.
       * @example 0a3Zgfll2xYOJd4GxXml2rCcwM3Zgfl3
       */
      authcode: string;
    };
    AppMiniUserInfoDto: {
      /**
       * @description The ticket of user/appminiuserauth. Who sends a token may send the own openid instead, or none.
       * @example mYVgBhHnUDcmvY2BLIZpgcC6iMQ0I0Rv_3CS7GGZ4xw
       */
      openid: string;
      /**
       * @description A JSON object: `nickName`, `gender`, `province` and `city`, or for baidu and qq `encrypted_data` and `iv`. What breaks a rule of the profile is left out; no picture is fetched.
       * @example {"nickName":"p001","gender":1}
       */
      auth_data: string;
    };
    BindProvenMobileDto: {
      /** @description The ticket of user/appminiuserauth. Who sends a token may send the own openid instead, or none. */
      openid?: string;
      /** @description For weixin: the platform's code for the number. */
      code?: string;
      /** @description For baidu and toutiao: the encrypted number, in base64. */
      encrypted_data?: string;
      /** @description For baidu and toutiao: the initialization vector, in base64. */
      iv?: string;
      nickname?: string;
      province?: string;
      city?: string;
      /** @enum {string} */
      gender?: '0' | '1' | '2';
    };
    MobileProofDto: {
      /** @description The ticket of user/appminiuserauth. Who sends a token may send the own openid instead, or none. */
      openid?: string;
      /** @description For weixin: the platform's code for the number. */
      code?: string;
      /** @description For baidu and toutiao: the encrypted number, in base64. */
      encrypted_data?: string;
      /** @description For baidu and toutiao: the initialization vector, in base64. */
      iv?: string;
    };
    UserBaseRegDto: {
      /**
       * @description The ticket of user/appminiuserauth. Who sends a token may send the own openid instead, or none.
       * @example mYVgBhHnUDcmvY2BLIZpgcC6iMQ0I0Rv_3CS7GGZ4xw
       */
      openid: string;
      /** @example p001 */
      nickname: string;
      /** @description Taken where user/onekeyusermobiledecrypt has answered this number within ten minutes; any other is ignored. */
      mobile?: string;
      province?: string;
      city?: string;
      /** @enum {string} */
      gender?: '0' | '1' | '2';
    };
    UploadAvatarDto: {
      /**
       * Format: binary
       * @description A JPEG, PNG, WebP or GIF of at most 5 MB and 40 megapixels.
       */
      file: Blob;
      /** @description Left edge of the part to use, in pixels of the upright picture. No crop where all four numbers are absent, or all are empty or 0. */
      img_x?: number;
      /** @description Top edge of the part to use. */
      img_y?: number;
      /** @description Width of the part to use. */
      img_width?: number;
      /** @description Height of the part to use. */
      img_height?: number;
    };
    SaveUserAddressDto: {
      /**
       * @description The address to change; 0 adds one.
       * @example 0
       */
      id?: string;
      /**
       * @description Who receives: 1–30 code points after trimming, at least one of them visible.
       * @example 张三
       */
      name: string;
      /**
       * @description Telephone number: 1–15 digits, plus signs, hyphens and spaces; one digit at least.
       * @example 13800138000
       */
      tel: string;
      /**
       * @description What the user calls it.
       * @example 公司
       */
      alias?: string;
      /**
       * @description Id of a region/index.
       * @example 1
       */
      province: string;
      /**
       * @description A part of the province.
       * @example 35
       */
      city: string;
      /**
       * @description A part of the city; 0 for none.
       * @example 402
       */
      county?: string;
      /**
       * @description Street and number: 1–80 code points after trimming.
       * @example 东华门大街1号
       */
      address: string;
      /**
       * @description Degrees of longitude; together with lat or not at all.
       * @example 116.4074
       */
      lng?: number;
      /**
       * @description Degrees of latitude; together with lng or not at all.
       * @example 39.9042
       */
      lat?: number;
      /**
       * @description 1 makes it the default address instead of another one.
       * @example 1
       * @enum {string}
       */
      is_default?: '0' | '1';
      /** @description The name on the identity card. */
      idcard_name?: string;
      /** @description The identity card's number; taken only where the shop has a key to encrypt it with. */
      idcard_number?: string;
      /** @description URL of a picture that this service stored for the user: the card's front. */
      idcard_front?: string;
      /** @description URL of a picture that this service stored for the user: the card's back. */
      idcard_back?: string;
    };
    UserAddressIdDto: {
      /**
       * @description The id of one of the user's own addresses.
       * @example 1
       */
      id: string;
    };
    OutSystemAddressDto: {
      /**
       * @description Who receives: 1–30 code points after trimming, at least one of them visible.
       * @example 张三
       */
      name: string;
      /**
       * @description Telephone number: 1–15 digits, plus signs, hyphens and spaces; one digit at least.
       * @example 13800138000
       */
      tel: string;
      /**
       * @description Street and number: 1–80 code points after trimming.
       * @example 东华门大街1号
       */
      address: string;
      /**
       * @description The province's name, with or without its suffix.
       * @example 上海市
       */
      province: string;
      /**
       * @description The city's name.
       * @example 上海市
       */
      city: string;
      /**
       * @description The county's name; an unknown one is none.
       * @example 闵行区
       */
      county?: string;
      /** @description Goes in front of the address, which has 80 code points together with it. */
      town?: string;
    };
    UploadIdCardDto: {
      /**
       * Format: binary
       * @description A JPEG, PNG, WebP or GIF of at most 5 MB and 40 megapixels.
       */
      upfile: Blob;
      /**
       * @description What ShopXO's editor is to do; the upload of a picture only.
       * @example uploadimage
       * @enum {string}
       */
      action: 'uploadimage';
      /**
       * @description useraddress/detail's editor_path_type. The picture is the caller's whatever it says.
       * @example user_address-1-469
       */
      path_type?: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  PersonalController_index_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "data": {
           *           "id": "469",
           *           "number_code": "8732997469",
           *           "system_type": "default",
           *           "alipay_openid": "",
           *           "weixin_openid": "",
           *           "weixin_unionid": "",
           *           "weixin_web_openid": "",
           *           "baidu_openid": "",
           *           "toutiao_openid": "",
           *           "toutiao_unionid": "",
           *           "qq_openid": "",
           *           "qq_unionid": "",
           *           "kuaishou_openid": "",
           *           "status": "0",
           *           "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *           "username": "pppppp",
           *           "nickname": "p001",
           *           "mobile": "",
           *           "email": "",
           *           "gender": "1",
           *           "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *           "province": "上海",
           *           "city": "上海市",
           *           "county": "闵行区",
           *           "birthday": "2022-11-19",
           *           "address": "浦江科技广场",
           *           "integral": "0",
           *           "locking_integral": "0",
           *           "referrer": "0",
           *           "plugins_user_level": "0",
           *           "plugins_distribution_level": "0",
           *           "is_delete_time": "0",
           *           "add_time": "1668859279",
           *           "upd_time": "1668859689",
           *           "add_time_text": "2022-11-19 20:01:19",
           *           "upd_time_text": "2022-11-19 20:08:09",
           *           "gender_text": "女",
           *           "mobile_security": "",
           *           "email_security": "",
           *           "address_info": "上海上海市闵行区浦江科技广场",
           *           "user_name_view": "pppppp"
           *         },
           *         "gender_list": [
           *           {
           *             "id": 0,
           *             "name": "保密",
           *             "checked": true
           *           },
           *           {
           *             "id": 1,
           *             "name": "女"
           *           },
           *           {
           *             "id": 2,
           *             "name": "男"
           *           }
           *         ]
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              data: {
                id: string;
                number_code: string;
                system_type: string;
                alipay_openid: string;
                weixin_openid: string;
                weixin_unionid: string;
                weixin_web_openid: string;
                baidu_openid: string;
                toutiao_openid: string;
                toutiao_unionid: string;
                qq_openid: string;
                qq_unionid: string;
                kuaishou_openid: string;
                status: string;
                token: string;
                username: string;
                nickname: string;
                mobile: string;
                email: string;
                gender: string;
                avatar: string;
                province: string;
                city: string;
                county: string;
                birthday: string;
                address: string;
                integral: string;
                locking_integral: string;
                referrer: string;
                plugins_user_level: string;
                plugins_distribution_level: string;
                is_delete_time: string;
                add_time: string;
                upd_time: string;
                add_time_text: string;
                upd_time_text: string;
                gender_text: string;
                mobile_security: string;
                email_security: string;
                address_info: string;
                user_name_view: string;
                /**
                 * @description For `application=app` only: whether the account has a password.
                 * @enum {string}
                 */
                is_setup_pwd?: '0' | '1';
              };
              gender_list: {
                id: number;
                name: string;
                /** @description On the first entry only. */
                checked?: boolean;
              }[];
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  PersonalController_index_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "data": {
           *           "id": "469",
           *           "number_code": "8732997469",
           *           "system_type": "default",
           *           "alipay_openid": "",
           *           "weixin_openid": "",
           *           "weixin_unionid": "",
           *           "weixin_web_openid": "",
           *           "baidu_openid": "",
           *           "toutiao_openid": "",
           *           "toutiao_unionid": "",
           *           "qq_openid": "",
           *           "qq_unionid": "",
           *           "kuaishou_openid": "",
           *           "status": "0",
           *           "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *           "username": "pppppp",
           *           "nickname": "p001",
           *           "mobile": "",
           *           "email": "",
           *           "gender": "1",
           *           "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *           "province": "上海",
           *           "city": "上海市",
           *           "county": "闵行区",
           *           "birthday": "2022-11-19",
           *           "address": "浦江科技广场",
           *           "integral": "0",
           *           "locking_integral": "0",
           *           "referrer": "0",
           *           "plugins_user_level": "0",
           *           "plugins_distribution_level": "0",
           *           "is_delete_time": "0",
           *           "add_time": "1668859279",
           *           "upd_time": "1668859689",
           *           "add_time_text": "2022-11-19 20:01:19",
           *           "upd_time_text": "2022-11-19 20:08:09",
           *           "gender_text": "女",
           *           "mobile_security": "",
           *           "email_security": "",
           *           "address_info": "上海上海市闵行区浦江科技广场",
           *           "user_name_view": "pppppp"
           *         },
           *         "gender_list": [
           *           {
           *             "id": 0,
           *             "name": "保密",
           *             "checked": true
           *           },
           *           {
           *             "id": 1,
           *             "name": "女"
           *           },
           *           {
           *             "id": 2,
           *             "name": "男"
           *           }
           *         ]
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              data: {
                id: string;
                number_code: string;
                system_type: string;
                alipay_openid: string;
                weixin_openid: string;
                weixin_unionid: string;
                weixin_web_openid: string;
                baidu_openid: string;
                toutiao_openid: string;
                toutiao_unionid: string;
                qq_openid: string;
                qq_unionid: string;
                kuaishou_openid: string;
                status: string;
                token: string;
                username: string;
                nickname: string;
                mobile: string;
                email: string;
                gender: string;
                avatar: string;
                province: string;
                city: string;
                county: string;
                birthday: string;
                address: string;
                integral: string;
                locking_integral: string;
                referrer: string;
                plugins_user_level: string;
                plugins_distribution_level: string;
                is_delete_time: string;
                add_time: string;
                upd_time: string;
                add_time_text: string;
                upd_time_text: string;
                gender_text: string;
                mobile_security: string;
                email_security: string;
                address_info: string;
                user_name_view: string;
                /**
                 * @description For `application=app` only: whether the account has a password.
                 * @enum {string}
                 */
                is_setup_pwd?: '0' | '1';
              };
              gender_list: {
                id: number;
                name: string;
                /** @description On the first entry only. */
                checked?: boolean;
              }[];
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  PersonalController_save_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SavePersonalDto'];
        'application/x-www-form-urlencoded': components['schemas']['SavePersonalDto'];
        'multipart/form-data': components['schemas']['SavePersonalDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "修改成功",
           *       "code": 0,
           *       "data": {
           *         "id": "469",
           *         "number_code": "8732997469",
           *         "system_type": "default",
           *         "alipay_openid": "",
           *         "weixin_openid": "",
           *         "weixin_unionid": "",
           *         "weixin_web_openid": "",
           *         "baidu_openid": "",
           *         "toutiao_openid": "",
           *         "toutiao_unionid": "",
           *         "qq_openid": "",
           *         "qq_unionid": "",
           *         "kuaishou_openid": "",
           *         "status": "0",
           *         "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *         "username": "pppppp",
           *         "nickname": "p001",
           *         "mobile": "",
           *         "email": "",
           *         "gender": "1",
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "province": "上海",
           *         "city": "上海市",
           *         "county": "闵行区",
           *         "birthday": "2022-11-19",
           *         "address": "浦江科技广场",
           *         "integral": "0",
           *         "locking_integral": "0",
           *         "referrer": "0",
           *         "plugins_user_level": "0",
           *         "plugins_distribution_level": "0",
           *         "is_delete_time": "0",
           *         "add_time": "1668859279",
           *         "upd_time": "1668859689",
           *         "add_time_text": "2022-11-19 20:01:19",
           *         "upd_time_text": "2022-11-19 20:08:09",
           *         "gender_text": "女",
           *         "mobile_security": "",
           *         "email_security": "",
           *         "address_info": "上海上海市闵行区浦江科技广场",
           *         "user_name_view": "pppppp"
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              number_code: string;
              system_type: string;
              alipay_openid: string;
              weixin_openid: string;
              weixin_unionid: string;
              weixin_web_openid: string;
              baidu_openid: string;
              toutiao_openid: string;
              toutiao_unionid: string;
              qq_openid: string;
              qq_unionid: string;
              kuaishou_openid: string;
              status: string;
              token: string;
              username: string;
              nickname: string;
              mobile: string;
              email: string;
              gender: string;
              avatar: string;
              province: string;
              city: string;
              county: string;
              birthday: string;
              address: string;
              integral: string;
              locking_integral: string;
              referrer: string;
              plugins_user_level: string;
              plugins_distribution_level: string;
              is_delete_time: string;
              add_time: string;
              upd_time: string;
              add_time_text: string;
              upd_time_text: string;
              gender_text: string;
              mobile_security: string;
              email_security: string;
              address_info: string;
              user_name_view: string;
              /**
               * @description For `application=app` only: whether the account has a password.
               * @enum {string}
               */
              is_setup_pwd?: '0' | '1';
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  PersonalController_changes_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description Beyond the last page there is no entry. */
        page?: number;
        page_size?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "total": 1,
           *         "page_total": 1,
           *         "page": 1,
           *         "page_size": 20,
           *         "data": [
           *           {
           *             "id": "1",
           *             "add_time": "1668859689",
           *             "add_time_text": "2022-11-19 20:08:09",
           *             "action": "profile.changed",
           *             "action_text": "修改个人资料",
           *             "changes": [
           *               {
           *                 "field": "nickname",
           *                 "name": "昵称",
           *                 "old": "",
           *                 "new": "p001"
           *               }
           *             ],
           *             "application_client_type": "pc",
           *             "client_address": "203.0.113.7",
           *             "request_id": "f6a1c5a2-52a5-4f0b-9f4e-0b9f5f2f3c11"
           *           }
           *         ]
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @description At most 10000: older ones are not shown. */
              total: number;
              page_total: number;
              page: number;
              page_size: number;
              data: {
                id: string;
                /** @description Epoch seconds. */
                add_time: string;
                add_time_text: string;
                /** @enum {string} */
                action:
                  | 'account.registered'
                  | 'account.closed'
                  | 'profile.changed'
                  | 'address.added'
                  | 'address.changed'
                  | 'address.default_set'
                  | 'address.removed'
                  | 'password.changed'
                  | 'password.reset'
                  | 'mobile.bound'
                  | 'email.bound'
                  | 'platform.linked'
                  | 'session.opened'
                  | 'session.closed'
                  | 'session.revoked'
                  | 'session.others_revoked'
                  | 'session.revoked_by_password'
                  | 'session.revoked_by_closing'
                  | 'account.banned'
                  | 'account.unbanned'
                  | 'account.muted'
                  | 'account.unmuted'
                  | 'account.unlocked'
                  | 'account.code_limits_reset'
                  | 'password.code_sent'
                  | 'password.once_set'
                  | 'session.revoked_by_operator'
                  | 'session.revoked_by_ban'
                  | 'event.retried'
                  | 'event.dropped'
                  | 'region.loaded';
                /** @description The action in the request's language. */
                action_text: string;
                changes: {
                  field: string;
                  /** @description The field's name in the request's language. */
                  name: string;
                  /** @description A mobile number or an email address is shown in part; sessions and delivery addresses by their ids. */
                  old: string;
                  new: string;
                }[];
                application_client_type: string;
                /** @description Empty where it is not known. */
                client_address: string;
                /** @description The X-Request-Id of the answer that told of the change. */
                request_id: string;
              }[];
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  PersonalController_changes_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description Beyond the last page there is no entry. */
        page?: number;
        page_size?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "total": 1,
           *         "page_total": 1,
           *         "page": 1,
           *         "page_size": 20,
           *         "data": [
           *           {
           *             "id": "1",
           *             "add_time": "1668859689",
           *             "add_time_text": "2022-11-19 20:08:09",
           *             "action": "profile.changed",
           *             "action_text": "修改个人资料",
           *             "changes": [
           *               {
           *                 "field": "nickname",
           *                 "name": "昵称",
           *                 "old": "",
           *                 "new": "p001"
           *               }
           *             ],
           *             "application_client_type": "pc",
           *             "client_address": "203.0.113.7",
           *             "request_id": "f6a1c5a2-52a5-4f0b-9f4e-0b9f5f2f3c11"
           *           }
           *         ]
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @description At most 10000: older ones are not shown. */
              total: number;
              page_total: number;
              page: number;
              page_size: number;
              data: {
                id: string;
                /** @description Epoch seconds. */
                add_time: string;
                add_time_text: string;
                /** @enum {string} */
                action:
                  | 'account.registered'
                  | 'account.closed'
                  | 'profile.changed'
                  | 'address.added'
                  | 'address.changed'
                  | 'address.default_set'
                  | 'address.removed'
                  | 'password.changed'
                  | 'password.reset'
                  | 'mobile.bound'
                  | 'email.bound'
                  | 'platform.linked'
                  | 'session.opened'
                  | 'session.closed'
                  | 'session.revoked'
                  | 'session.others_revoked'
                  | 'session.revoked_by_password'
                  | 'session.revoked_by_closing'
                  | 'account.banned'
                  | 'account.unbanned'
                  | 'account.muted'
                  | 'account.unmuted'
                  | 'account.unlocked'
                  | 'account.code_limits_reset'
                  | 'password.code_sent'
                  | 'password.once_set'
                  | 'session.revoked_by_operator'
                  | 'session.revoked_by_ban'
                  | 'event.retried'
                  | 'event.dropped'
                  | 'region.loaded';
                /** @description The action in the request's language. */
                action_text: string;
                changes: {
                  field: string;
                  /** @description The field's name in the request's language. */
                  name: string;
                  /** @description A mobile number or an email address is shown in part; sessions and delivery addresses by their ids. */
                  old: string;
                  new: string;
                }[];
                application_client_type: string;
                /** @description Empty where it is not known. */
                client_address: string;
                /** @description The X-Request-Id of the answer that told of the change. */
                request_id: string;
              }[];
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserController_reg_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegisterDto'];
        'application/x-www-form-urlencoded': components['schemas']['RegisterDto'];
        'multipart/form-data': components['schemas']['RegisterDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "注册成功",
           *       "code": 0,
           *       "data": {
           *         "id": "469",
           *         "number_code": "8732997469",
           *         "system_type": "default",
           *         "alipay_openid": "",
           *         "weixin_openid": "",
           *         "weixin_unionid": "",
           *         "weixin_web_openid": "",
           *         "baidu_openid": "",
           *         "toutiao_openid": "",
           *         "toutiao_unionid": "",
           *         "qq_openid": "",
           *         "qq_unionid": "",
           *         "kuaishou_openid": "",
           *         "status": "0",
           *         "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *         "username": "pppppp",
           *         "nickname": "p001",
           *         "mobile": "",
           *         "email": "",
           *         "gender": "1",
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "province": "上海",
           *         "city": "上海市",
           *         "county": "闵行区",
           *         "birthday": "2022-11-19",
           *         "address": "浦江科技广场",
           *         "integral": "0",
           *         "locking_integral": "0",
           *         "referrer": "0",
           *         "plugins_user_level": "0",
           *         "plugins_distribution_level": "0",
           *         "is_delete_time": "0",
           *         "add_time": "1668859279",
           *         "upd_time": "1668859689",
           *         "add_time_text": "2022-11-19 20:01:19",
           *         "upd_time_text": "2022-11-19 20:08:09",
           *         "gender_text": "女",
           *         "mobile_security": "",
           *         "email_security": "",
           *         "address_info": "上海上海市闵行区浦江科技广场",
           *         "user_name_view": "pppppp",
           *         "is_mandatory_bind_mobile": 0
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              number_code: string;
              system_type: string;
              alipay_openid: string;
              weixin_openid: string;
              weixin_unionid: string;
              weixin_web_openid: string;
              baidu_openid: string;
              toutiao_openid: string;
              toutiao_unionid: string;
              qq_openid: string;
              qq_unionid: string;
              kuaishou_openid: string;
              status: string;
              token: string;
              username: string;
              nickname: string;
              mobile: string;
              email: string;
              gender: string;
              avatar: string;
              province: string;
              city: string;
              county: string;
              birthday: string;
              address: string;
              integral: string;
              locking_integral: string;
              referrer: string;
              plugins_user_level: string;
              plugins_distribution_level: string;
              is_delete_time: string;
              add_time: string;
              upd_time: string;
              add_time_text: string;
              upd_time_text: string;
              gender_text: string;
              mobile_security: string;
              email_security: string;
              address_info: string;
              user_name_view: string;
              /**
               * @description For `application=app` only: whether the account has a password.
               * @enum {string}
               */
              is_setup_pwd?: '0' | '1';
              /** @description Always 0. */
              is_mandatory_bind_mobile: number;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserController_login_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LoginDto'];
        'application/x-www-form-urlencoded': components['schemas']['LoginDto'];
        'multipart/form-data': components['schemas']['LoginDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "登录成功",
           *       "code": 0,
           *       "data": {
           *         "id": "469",
           *         "number_code": "8732997469",
           *         "system_type": "default",
           *         "alipay_openid": "",
           *         "weixin_openid": "",
           *         "weixin_unionid": "",
           *         "weixin_web_openid": "",
           *         "baidu_openid": "",
           *         "toutiao_openid": "",
           *         "toutiao_unionid": "",
           *         "qq_openid": "",
           *         "qq_unionid": "",
           *         "kuaishou_openid": "",
           *         "status": "0",
           *         "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *         "username": "pppppp",
           *         "nickname": "p001",
           *         "mobile": "",
           *         "email": "",
           *         "gender": "1",
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "province": "上海",
           *         "city": "上海市",
           *         "county": "闵行区",
           *         "birthday": "2022-11-19",
           *         "address": "浦江科技广场",
           *         "integral": "0",
           *         "locking_integral": "0",
           *         "referrer": "0",
           *         "plugins_user_level": "0",
           *         "plugins_distribution_level": "0",
           *         "is_delete_time": "0",
           *         "add_time": "1668859279",
           *         "upd_time": "1668859689",
           *         "add_time_text": "2022-11-19 20:01:19",
           *         "upd_time_text": "2022-11-19 20:08:09",
           *         "gender_text": "女",
           *         "mobile_security": "",
           *         "email_security": "",
           *         "address_info": "上海上海市闵行区浦江科技广场",
           *         "user_name_view": "pppppp",
           *         "is_mandatory_bind_mobile": 0
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              number_code: string;
              system_type: string;
              alipay_openid: string;
              weixin_openid: string;
              weixin_unionid: string;
              weixin_web_openid: string;
              baidu_openid: string;
              toutiao_openid: string;
              toutiao_unionid: string;
              qq_openid: string;
              qq_unionid: string;
              kuaishou_openid: string;
              status: string;
              token: string;
              username: string;
              nickname: string;
              mobile: string;
              email: string;
              gender: string;
              avatar: string;
              province: string;
              city: string;
              county: string;
              birthday: string;
              address: string;
              integral: string;
              locking_integral: string;
              referrer: string;
              plugins_user_level: string;
              plugins_distribution_level: string;
              is_delete_time: string;
              add_time: string;
              upd_time: string;
              add_time_text: string;
              upd_time_text: string;
              gender_text: string;
              mobile_security: string;
              email_security: string;
              address_info: string;
              user_name_view: string;
              /**
               * @description For `application=app` only: whether the account has a password.
               * @enum {string}
               */
              is_setup_pwd?: '0' | '1';
              /** @description Always 0. */
              is_mandatory_bind_mobile: number;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserController_tokenuserinfo_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "id": "469",
           *         "number_code": "8732997469",
           *         "system_type": "default",
           *         "alipay_openid": "",
           *         "weixin_openid": "",
           *         "weixin_unionid": "",
           *         "weixin_web_openid": "",
           *         "baidu_openid": "",
           *         "toutiao_openid": "",
           *         "toutiao_unionid": "",
           *         "qq_openid": "",
           *         "qq_unionid": "",
           *         "kuaishou_openid": "",
           *         "status": "0",
           *         "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *         "username": "pppppp",
           *         "nickname": "p001",
           *         "mobile": "",
           *         "email": "",
           *         "gender": "1",
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "province": "上海",
           *         "city": "上海市",
           *         "county": "闵行区",
           *         "birthday": "2022-11-19",
           *         "address": "浦江科技广场",
           *         "integral": "0",
           *         "locking_integral": "0",
           *         "referrer": "0",
           *         "plugins_user_level": "0",
           *         "plugins_distribution_level": "0",
           *         "is_delete_time": "0",
           *         "add_time": "1668859279",
           *         "upd_time": "1668859689",
           *         "add_time_text": "2022-11-19 20:01:19",
           *         "upd_time_text": "2022-11-19 20:08:09",
           *         "gender_text": "女",
           *         "mobile_security": "",
           *         "email_security": "",
           *         "address_info": "上海上海市闵行区浦江科技广场",
           *         "user_name_view": "pppppp"
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              number_code: string;
              system_type: string;
              alipay_openid: string;
              weixin_openid: string;
              weixin_unionid: string;
              weixin_web_openid: string;
              baidu_openid: string;
              toutiao_openid: string;
              toutiao_unionid: string;
              qq_openid: string;
              qq_unionid: string;
              kuaishou_openid: string;
              status: string;
              token: string;
              username: string;
              nickname: string;
              mobile: string;
              email: string;
              gender: string;
              avatar: string;
              province: string;
              city: string;
              county: string;
              birthday: string;
              address: string;
              integral: string;
              locking_integral: string;
              referrer: string;
              plugins_user_level: string;
              plugins_distribution_level: string;
              is_delete_time: string;
              add_time: string;
              upd_time: string;
              add_time_text: string;
              upd_time_text: string;
              gender_text: string;
              mobile_security: string;
              email_security: string;
              address_info: string;
              user_name_view: string;
              /**
               * @description For `application=app` only: whether the account has a password.
               * @enum {string}
               */
              is_setup_pwd?: '0' | '1';
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserController_tokenuserinfo_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "id": "469",
           *         "number_code": "8732997469",
           *         "system_type": "default",
           *         "alipay_openid": "",
           *         "weixin_openid": "",
           *         "weixin_unionid": "",
           *         "weixin_web_openid": "",
           *         "baidu_openid": "",
           *         "toutiao_openid": "",
           *         "toutiao_unionid": "",
           *         "qq_openid": "",
           *         "qq_unionid": "",
           *         "kuaishou_openid": "",
           *         "status": "0",
           *         "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *         "username": "pppppp",
           *         "nickname": "p001",
           *         "mobile": "",
           *         "email": "",
           *         "gender": "1",
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "province": "上海",
           *         "city": "上海市",
           *         "county": "闵行区",
           *         "birthday": "2022-11-19",
           *         "address": "浦江科技广场",
           *         "integral": "0",
           *         "locking_integral": "0",
           *         "referrer": "0",
           *         "plugins_user_level": "0",
           *         "plugins_distribution_level": "0",
           *         "is_delete_time": "0",
           *         "add_time": "1668859279",
           *         "upd_time": "1668859689",
           *         "add_time_text": "2022-11-19 20:01:19",
           *         "upd_time_text": "2022-11-19 20:08:09",
           *         "gender_text": "女",
           *         "mobile_security": "",
           *         "email_security": "",
           *         "address_info": "上海上海市闵行区浦江科技广场",
           *         "user_name_view": "pppppp"
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              number_code: string;
              system_type: string;
              alipay_openid: string;
              weixin_openid: string;
              weixin_unionid: string;
              weixin_web_openid: string;
              baidu_openid: string;
              toutiao_openid: string;
              toutiao_unionid: string;
              qq_openid: string;
              qq_unionid: string;
              kuaishou_openid: string;
              status: string;
              token: string;
              username: string;
              nickname: string;
              mobile: string;
              email: string;
              gender: string;
              avatar: string;
              province: string;
              city: string;
              county: string;
              birthday: string;
              address: string;
              integral: string;
              locking_integral: string;
              referrer: string;
              plugins_user_level: string;
              plugins_distribution_level: string;
              is_delete_time: string;
              add_time: string;
              upd_time: string;
              add_time_text: string;
              upd_time_text: string;
              gender_text: string;
              mobile_security: string;
              email_security: string;
              address_info: string;
              user_name_view: string;
              /**
               * @description For `application=app` only: whether the account has a password.
               * @enum {string}
               */
              is_setup_pwd?: '0' | '1';
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserController_logout_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "退出成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserController_sessions_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": [
           *         {
           *           "id": "1024",
           *           "application_client_type": "pc",
           *           "add_time": "1668859279",
           *           "last_time": "1668859689",
           *           "is_current": true
           *         }
           *       ]
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              application_client_type: string;
              /** @description Epoch seconds. */
              add_time: string;
              /** @description Epoch seconds of the last use, to the hour. */
              last_time: string;
              /** @description Whether it is the session that asks. */
              is_current: boolean;
            }[];
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserController_sessions_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": [
           *         {
           *           "id": "1024",
           *           "application_client_type": "pc",
           *           "add_time": "1668859279",
           *           "last_time": "1668859689",
           *           "is_current": true
           *         }
           *       ]
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              application_client_type: string;
              /** @description Epoch seconds. */
              add_time: string;
              /** @description Epoch seconds of the last use, to the hour. */
              last_time: string;
              /** @description Whether it is the session that asks. */
              is_current: boolean;
            }[];
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserController_sessionrevoke_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RevokeSessionDto'];
        'application/x-www-form-urlencoded': components['schemas']['RevokeSessionDto'];
        'multipart/form-data': components['schemas']['RevokeSessionDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "操作成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  CodeController_loginverifysend_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SendCodeDto'];
        'application/x-www-form-urlencoded': components['schemas']['SendCodeDto'];
        'multipart/form-data': components['schemas']['SendCodeDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "发送成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  CodeController_regverifysend_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SendCodeDto'];
        'application/x-www-form-urlencoded': components['schemas']['SendCodeDto'];
        'multipart/form-data': components['schemas']['SendCodeDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "发送成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  CodeController_forgetpwdverifysend_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SendPasswordCodeDto'];
        'application/x-www-form-urlencoded': components['schemas']['SendPasswordCodeDto'];
        'multipart/form-data': components['schemas']['SendPasswordCodeDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "发送成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  CodeController_forgetpwd_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ForgetPasswordDto'];
        'application/x-www-form-urlencoded': components['schemas']['ForgetPasswordDto'];
        'multipart/form-data': components['schemas']['ForgetPasswordDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "操作成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  CodeController_appmobilebindverifysend_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MobileContactDto'];
        'application/x-www-form-urlencoded': components['schemas']['MobileContactDto'];
        'multipart/form-data': components['schemas']['MobileContactDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "发送成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  CodeController_appmobilebind_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BindMobileDto'];
        'application/x-www-form-urlencoded': components['schemas']['BindMobileDto'];
        'multipart/form-data': components['schemas']['BindMobileDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "绑定成功",
           *       "code": 0,
           *       "data": {
           *         "id": "469",
           *         "number_code": "8732997469",
           *         "system_type": "default",
           *         "alipay_openid": "",
           *         "weixin_openid": "",
           *         "weixin_unionid": "",
           *         "weixin_web_openid": "",
           *         "baidu_openid": "",
           *         "toutiao_openid": "",
           *         "toutiao_unionid": "",
           *         "qq_openid": "",
           *         "qq_unionid": "",
           *         "kuaishou_openid": "",
           *         "status": "0",
           *         "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *         "username": "pppppp",
           *         "nickname": "p001",
           *         "mobile": "",
           *         "email": "",
           *         "gender": "1",
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "province": "上海",
           *         "city": "上海市",
           *         "county": "闵行区",
           *         "birthday": "2022-11-19",
           *         "address": "浦江科技广场",
           *         "integral": "0",
           *         "locking_integral": "0",
           *         "referrer": "0",
           *         "plugins_user_level": "0",
           *         "plugins_distribution_level": "0",
           *         "is_delete_time": "0",
           *         "add_time": "1668859279",
           *         "upd_time": "1668859689",
           *         "add_time_text": "2022-11-19 20:01:19",
           *         "upd_time_text": "2022-11-19 20:08:09",
           *         "gender_text": "女",
           *         "mobile_security": "",
           *         "email_security": "",
           *         "address_info": "上海上海市闵行区浦江科技广场",
           *         "user_name_view": "pppppp",
           *         "is_mandatory_bind_mobile": 0
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              number_code: string;
              system_type: string;
              alipay_openid: string;
              weixin_openid: string;
              weixin_unionid: string;
              weixin_web_openid: string;
              baidu_openid: string;
              toutiao_openid: string;
              toutiao_unionid: string;
              qq_openid: string;
              qq_unionid: string;
              kuaishou_openid: string;
              status: string;
              token: string;
              username: string;
              nickname: string;
              mobile: string;
              email: string;
              gender: string;
              avatar: string;
              province: string;
              city: string;
              county: string;
              birthday: string;
              address: string;
              integral: string;
              locking_integral: string;
              referrer: string;
              plugins_user_level: string;
              plugins_distribution_level: string;
              is_delete_time: string;
              add_time: string;
              upd_time: string;
              add_time_text: string;
              upd_time_text: string;
              gender_text: string;
              mobile_security: string;
              email_security: string;
              address_info: string;
              user_name_view: string;
              /**
               * @description For `application=app` only: whether the account has a password.
               * @enum {string}
               */
              is_setup_pwd?: '0' | '1';
              /** @description Always 0. */
              is_mandatory_bind_mobile: number;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  CodeController_appemailbindverifysend_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EmailContactDto'];
        'application/x-www-form-urlencoded': components['schemas']['EmailContactDto'];
        'multipart/form-data': components['schemas']['EmailContactDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "发送成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  CodeController_appemailbind_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BindEmailDto'];
        'application/x-www-form-urlencoded': components['schemas']['BindEmailDto'];
        'multipart/form-data': components['schemas']['BindEmailDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "绑定成功",
           *       "code": 0,
           *       "data": {
           *         "id": "469",
           *         "number_code": "8732997469",
           *         "system_type": "default",
           *         "alipay_openid": "",
           *         "weixin_openid": "",
           *         "weixin_unionid": "",
           *         "weixin_web_openid": "",
           *         "baidu_openid": "",
           *         "toutiao_openid": "",
           *         "toutiao_unionid": "",
           *         "qq_openid": "",
           *         "qq_unionid": "",
           *         "kuaishou_openid": "",
           *         "status": "0",
           *         "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *         "username": "pppppp",
           *         "nickname": "p001",
           *         "mobile": "",
           *         "email": "",
           *         "gender": "1",
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "province": "上海",
           *         "city": "上海市",
           *         "county": "闵行区",
           *         "birthday": "2022-11-19",
           *         "address": "浦江科技广场",
           *         "integral": "0",
           *         "locking_integral": "0",
           *         "referrer": "0",
           *         "plugins_user_level": "0",
           *         "plugins_distribution_level": "0",
           *         "is_delete_time": "0",
           *         "add_time": "1668859279",
           *         "upd_time": "1668859689",
           *         "add_time_text": "2022-11-19 20:01:19",
           *         "upd_time_text": "2022-11-19 20:08:09",
           *         "gender_text": "女",
           *         "mobile_security": "",
           *         "email_security": "",
           *         "address_info": "上海上海市闵行区浦江科技广场",
           *         "user_name_view": "pppppp",
           *         "is_mandatory_bind_mobile": 0
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              number_code: string;
              system_type: string;
              alipay_openid: string;
              weixin_openid: string;
              weixin_unionid: string;
              weixin_web_openid: string;
              baidu_openid: string;
              toutiao_openid: string;
              toutiao_unionid: string;
              qq_openid: string;
              qq_unionid: string;
              kuaishou_openid: string;
              status: string;
              token: string;
              username: string;
              nickname: string;
              mobile: string;
              email: string;
              gender: string;
              avatar: string;
              province: string;
              city: string;
              county: string;
              birthday: string;
              address: string;
              integral: string;
              locking_integral: string;
              referrer: string;
              plugins_user_level: string;
              plugins_distribution_level: string;
              is_delete_time: string;
              add_time: string;
              upd_time: string;
              add_time_text: string;
              upd_time_text: string;
              gender_text: string;
              mobile_security: string;
              email_security: string;
              address_info: string;
              user_name_view: string;
              /**
               * @description For `application=app` only: whether the account has a password.
               * @enum {string}
               */
              is_setup_pwd?: '0' | '1';
              /** @description Always 0. */
              is_mandatory_bind_mobile: number;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  SafetyController_loginpwdupdate_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePasswordDto'];
        'application/x-www-form-urlencoded': components['schemas']['ChangePasswordDto'];
        'multipart/form-data': components['schemas']['ChangePasswordDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "修改成功",
           *       "code": 0,
           *       "data": {
           *         "id": "469",
           *         "number_code": "8732997469",
           *         "system_type": "default",
           *         "alipay_openid": "",
           *         "weixin_openid": "",
           *         "weixin_unionid": "",
           *         "weixin_web_openid": "",
           *         "baidu_openid": "",
           *         "toutiao_openid": "",
           *         "toutiao_unionid": "",
           *         "qq_openid": "",
           *         "qq_unionid": "",
           *         "kuaishou_openid": "",
           *         "status": "0",
           *         "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *         "username": "pppppp",
           *         "nickname": "p001",
           *         "mobile": "",
           *         "email": "",
           *         "gender": "1",
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "province": "上海",
           *         "city": "上海市",
           *         "county": "闵行区",
           *         "birthday": "2022-11-19",
           *         "address": "浦江科技广场",
           *         "integral": "0",
           *         "locking_integral": "0",
           *         "referrer": "0",
           *         "plugins_user_level": "0",
           *         "plugins_distribution_level": "0",
           *         "is_delete_time": "0",
           *         "add_time": "1668859279",
           *         "upd_time": "1668859689",
           *         "add_time_text": "2022-11-19 20:01:19",
           *         "upd_time_text": "2022-11-19 20:08:09",
           *         "gender_text": "女",
           *         "mobile_security": "",
           *         "email_security": "",
           *         "address_info": "上海上海市闵行区浦江科技广场",
           *         "user_name_view": "pppppp"
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              number_code: string;
              system_type: string;
              alipay_openid: string;
              weixin_openid: string;
              weixin_unionid: string;
              weixin_web_openid: string;
              baidu_openid: string;
              toutiao_openid: string;
              toutiao_unionid: string;
              qq_openid: string;
              qq_unionid: string;
              kuaishou_openid: string;
              status: string;
              token: string;
              username: string;
              nickname: string;
              mobile: string;
              email: string;
              gender: string;
              avatar: string;
              province: string;
              city: string;
              county: string;
              birthday: string;
              address: string;
              integral: string;
              locking_integral: string;
              referrer: string;
              plugins_user_level: string;
              plugins_distribution_level: string;
              is_delete_time: string;
              add_time: string;
              upd_time: string;
              add_time_text: string;
              upd_time_text: string;
              gender_text: string;
              mobile_security: string;
              email_security: string;
              address_info: string;
              user_name_view: string;
              /**
               * @description For `application=app` only: whether the account has a password.
               * @enum {string}
               */
              is_setup_pwd?: '0' | '1';
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  SafetyController_logout_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CloseAccountDto'];
        'application/x-www-form-urlencoded': components['schemas']['CloseAccountDto'];
        'multipart/form-data': components['schemas']['CloseAccountDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "注销成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  MiniProgramController_appminiuserauth_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AppMiniUserAuthDto'];
        'application/x-www-form-urlencoded': components['schemas']['AppMiniUserAuthDto'];
        'multipart/form-data': components['schemas']['AppMiniUserAuthDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "授权登录成功",
           *       "code": 0,
           *       "data": {
           *         "is_user_exist": 0,
           *         "openid": "mYVgBhHnUDcmvY2BLIZpgcC6iMQ0I0Rv_3CS7GGZ4xw",
           *         "baidu_openid": "mYVgBhHnUDcmvY2BLIZpgcC6iMQ0I0Rv_3CS7GGZ4xw"
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data:
              | {
                  id: string;
                  number_code: string;
                  system_type: string;
                  alipay_openid: string;
                  weixin_openid: string;
                  weixin_unionid: string;
                  weixin_web_openid: string;
                  baidu_openid: string;
                  toutiao_openid: string;
                  toutiao_unionid: string;
                  qq_openid: string;
                  qq_unionid: string;
                  kuaishou_openid: string;
                  status: string;
                  token: string;
                  username: string;
                  nickname: string;
                  mobile: string;
                  email: string;
                  gender: string;
                  avatar: string;
                  province: string;
                  city: string;
                  county: string;
                  birthday: string;
                  address: string;
                  integral: string;
                  locking_integral: string;
                  referrer: string;
                  plugins_user_level: string;
                  plugins_distribution_level: string;
                  is_delete_time: string;
                  add_time: string;
                  upd_time: string;
                  add_time_text: string;
                  upd_time_text: string;
                  gender_text: string;
                  mobile_security: string;
                  email_security: string;
                  address_info: string;
                  user_name_view: string;
                  /**
                   * @description For `application=app` only: whether the account has a password.
                   * @enum {string}
                   */
                  is_setup_pwd: '0' | '1';
                  /** @description Always 0. */
                  is_mandatory_bind_mobile: number;
                  /** @description Always 1. */
                  is_user_exist: number;
                }
              | {
                  /** @description Always 0. */
                  is_user_exist: number;
                  /** @description A ticket. */
                  openid: string;
                };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  MiniProgramController_appminiuserinfo_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AppMiniUserInfoDto'];
        'application/x-www-form-urlencoded': components['schemas']['AppMiniUserInfoDto'];
        'multipart/form-data': components['schemas']['AppMiniUserInfoDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "授权成功",
           *       "code": 0,
           *       "data": {
           *         "id": "469",
           *         "number_code": "8732997469",
           *         "system_type": "default",
           *         "alipay_openid": "",
           *         "weixin_openid": "",
           *         "weixin_unionid": "",
           *         "weixin_web_openid": "",
           *         "baidu_openid": "",
           *         "toutiao_openid": "",
           *         "toutiao_unionid": "",
           *         "qq_openid": "",
           *         "qq_unionid": "",
           *         "kuaishou_openid": "",
           *         "status": "0",
           *         "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *         "username": "pppppp",
           *         "nickname": "p001",
           *         "mobile": "",
           *         "email": "",
           *         "gender": "1",
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "province": "上海",
           *         "city": "上海市",
           *         "county": "闵行区",
           *         "birthday": "2022-11-19",
           *         "address": "浦江科技广场",
           *         "integral": "0",
           *         "locking_integral": "0",
           *         "referrer": "0",
           *         "plugins_user_level": "0",
           *         "plugins_distribution_level": "0",
           *         "is_delete_time": "0",
           *         "add_time": "1668859279",
           *         "upd_time": "1668859689",
           *         "add_time_text": "2022-11-19 20:01:19",
           *         "upd_time_text": "2022-11-19 20:08:09",
           *         "gender_text": "女",
           *         "mobile_security": "",
           *         "email_security": "",
           *         "address_info": "上海上海市闵行区浦江科技广场",
           *         "user_name_view": "pppppp",
           *         "is_mandatory_bind_mobile": 0
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              number_code: string;
              system_type: string;
              alipay_openid: string;
              weixin_openid: string;
              weixin_unionid: string;
              weixin_web_openid: string;
              baidu_openid: string;
              toutiao_openid: string;
              toutiao_unionid: string;
              qq_openid: string;
              qq_unionid: string;
              kuaishou_openid: string;
              status: string;
              token: string;
              username: string;
              nickname: string;
              mobile: string;
              email: string;
              gender: string;
              avatar: string;
              province: string;
              city: string;
              county: string;
              birthday: string;
              address: string;
              integral: string;
              locking_integral: string;
              referrer: string;
              plugins_user_level: string;
              plugins_distribution_level: string;
              is_delete_time: string;
              add_time: string;
              upd_time: string;
              add_time_text: string;
              upd_time_text: string;
              gender_text: string;
              mobile_security: string;
              email_security: string;
              address_info: string;
              user_name_view: string;
              /**
               * @description For `application=app` only: whether the account has a password.
               * @enum {string}
               */
              is_setup_pwd?: '0' | '1';
              /** @description Always 0. */
              is_mandatory_bind_mobile: number;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  MiniProgramController_onekeyusermobilebind_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BindProvenMobileDto'];
        'application/x-www-form-urlencoded': components['schemas']['BindProvenMobileDto'];
        'multipart/form-data': components['schemas']['BindProvenMobileDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "绑定成功",
           *       "code": 0,
           *       "data": {
           *         "id": "469",
           *         "number_code": "8732997469",
           *         "system_type": "default",
           *         "alipay_openid": "",
           *         "weixin_openid": "",
           *         "weixin_unionid": "",
           *         "weixin_web_openid": "",
           *         "baidu_openid": "",
           *         "toutiao_openid": "",
           *         "toutiao_unionid": "",
           *         "qq_openid": "",
           *         "qq_unionid": "",
           *         "kuaishou_openid": "",
           *         "status": "0",
           *         "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *         "username": "pppppp",
           *         "nickname": "p001",
           *         "mobile": "",
           *         "email": "",
           *         "gender": "1",
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "province": "上海",
           *         "city": "上海市",
           *         "county": "闵行区",
           *         "birthday": "2022-11-19",
           *         "address": "浦江科技广场",
           *         "integral": "0",
           *         "locking_integral": "0",
           *         "referrer": "0",
           *         "plugins_user_level": "0",
           *         "plugins_distribution_level": "0",
           *         "is_delete_time": "0",
           *         "add_time": "1668859279",
           *         "upd_time": "1668859689",
           *         "add_time_text": "2022-11-19 20:01:19",
           *         "upd_time_text": "2022-11-19 20:08:09",
           *         "gender_text": "女",
           *         "mobile_security": "",
           *         "email_security": "",
           *         "address_info": "上海上海市闵行区浦江科技广场",
           *         "user_name_view": "pppppp",
           *         "is_mandatory_bind_mobile": 0
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              number_code: string;
              system_type: string;
              alipay_openid: string;
              weixin_openid: string;
              weixin_unionid: string;
              weixin_web_openid: string;
              baidu_openid: string;
              toutiao_openid: string;
              toutiao_unionid: string;
              qq_openid: string;
              qq_unionid: string;
              kuaishou_openid: string;
              status: string;
              token: string;
              username: string;
              nickname: string;
              mobile: string;
              email: string;
              gender: string;
              avatar: string;
              province: string;
              city: string;
              county: string;
              birthday: string;
              address: string;
              integral: string;
              locking_integral: string;
              referrer: string;
              plugins_user_level: string;
              plugins_distribution_level: string;
              is_delete_time: string;
              add_time: string;
              upd_time: string;
              add_time_text: string;
              upd_time_text: string;
              gender_text: string;
              mobile_security: string;
              email_security: string;
              address_info: string;
              user_name_view: string;
              /**
               * @description For `application=app` only: whether the account has a password.
               * @enum {string}
               */
              is_setup_pwd?: '0' | '1';
              /** @description Always 0. */
              is_mandatory_bind_mobile: number;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  MiniProgramController_onekeyusermobiledecrypt_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MobileProofDto'];
        'application/x-www-form-urlencoded': components['schemas']['MobileProofDto'];
        'multipart/form-data': components['schemas']['MobileProofDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": "13800138000"
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: string;
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  MiniProgramController_userbasereg_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UserBaseRegDto'];
        'application/x-www-form-urlencoded': components['schemas']['UserBaseRegDto'];
        'multipart/form-data': components['schemas']['UserBaseRegDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "授权成功",
           *       "code": 0,
           *       "data": {
           *         "id": "469",
           *         "number_code": "8732997469",
           *         "system_type": "default",
           *         "alipay_openid": "",
           *         "weixin_openid": "",
           *         "weixin_unionid": "",
           *         "weixin_web_openid": "",
           *         "baidu_openid": "",
           *         "toutiao_openid": "",
           *         "toutiao_unionid": "",
           *         "qq_openid": "",
           *         "qq_unionid": "",
           *         "kuaishou_openid": "",
           *         "status": "0",
           *         "token": "a8422d2fb14dd8323a44e7e0c7bceb47",
           *         "username": "pppppp",
           *         "nickname": "p001",
           *         "mobile": "",
           *         "email": "",
           *         "gender": "1",
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "province": "上海",
           *         "city": "上海市",
           *         "county": "闵行区",
           *         "birthday": "2022-11-19",
           *         "address": "浦江科技广场",
           *         "integral": "0",
           *         "locking_integral": "0",
           *         "referrer": "0",
           *         "plugins_user_level": "0",
           *         "plugins_distribution_level": "0",
           *         "is_delete_time": "0",
           *         "add_time": "1668859279",
           *         "upd_time": "1668859689",
           *         "add_time_text": "2022-11-19 20:01:19",
           *         "upd_time_text": "2022-11-19 20:08:09",
           *         "gender_text": "女",
           *         "mobile_security": "",
           *         "email_security": "",
           *         "address_info": "上海上海市闵行区浦江科技广场",
           *         "user_name_view": "pppppp",
           *         "is_mandatory_bind_mobile": 0
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              number_code: string;
              system_type: string;
              alipay_openid: string;
              weixin_openid: string;
              weixin_unionid: string;
              weixin_web_openid: string;
              baidu_openid: string;
              toutiao_openid: string;
              toutiao_unionid: string;
              qq_openid: string;
              qq_unionid: string;
              kuaishou_openid: string;
              status: string;
              token: string;
              username: string;
              nickname: string;
              mobile: string;
              email: string;
              gender: string;
              avatar: string;
              province: string;
              city: string;
              county: string;
              birthday: string;
              address: string;
              integral: string;
              locking_integral: string;
              referrer: string;
              plugins_user_level: string;
              plugins_distribution_level: string;
              is_delete_time: string;
              add_time: string;
              upd_time: string;
              add_time_text: string;
              upd_time_text: string;
              gender_text: string;
              mobile_security: string;
              email_security: string;
              address_info: string;
              user_name_view: string;
              /**
               * @description For `application=app` only: whether the account has a password.
               * @enum {string}
               */
              is_setup_pwd?: '0' | '1';
              /** @description Always 0. */
              is_mandatory_bind_mobile: number;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  CaptchaController_userVerifyEntry_get: {
    parameters: {
      query: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description What the picture guards. */
        type: 'user_login' | 'user_reg' | 'user_forget' | 'user_bind';
        /** @description The client's own random identifier, sent again with the answer; without one, the client's address stands for it. */
        uuid?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/png': string;
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  CaptchaController_userVerifyEntry_post: {
    parameters: {
      query: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description What the picture guards. */
        type: 'user_login' | 'user_reg' | 'user_forget' | 'user_bind';
        /** @description The client's own random identifier, sent again with the answer; without one, the client's address stands for it. */
        uuid?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/png': string;
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  AvatarController_upload_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'multipart/form-data': components['schemas']['UploadAvatarDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "上传成功",
           *       "code": 0,
           *       "data": "http://shopxo.com/static/upload/images/user_avatar/2022/11/0f3c5bb1a7d24d0c9d7be1a4a8f0c7de.jpg"
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description The absolute URL of the stored picture. */
            data: string;
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  RegionController_index_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description The region whose parts are asked for; 0 for the provinces. */
        pid?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": [
           *         {
           *           "id": "1",
           *           "name": "北京市",
           *           "level": "1",
           *           "letters": ""
           *         }
           *       ]
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              name: string;
              /** @description 1 province, 2 city, 3 county. */
              level: string;
              letters: string;
            }[];
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  RegionController_index_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description The region whose parts are asked for; 0 for the provinces. */
        pid?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": [
           *         {
           *           "id": "1",
           *           "name": "北京市",
           *           "level": "1",
           *           "letters": ""
           *         }
           *       ]
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              name: string;
              /** @description 1 province, 2 city, 3 county. */
              level: string;
              letters: string;
            }[];
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  RegionController_all_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": [
           *         {
           *           "id": "1",
           *           "name": "北京市",
           *           "level": "1",
           *           "letters": "",
           *           "items": [
           *             {
           *               "id": "35",
           *               "name": "北京市",
           *               "level": "2",
           *               "letters": "",
           *               "items": [
           *                 {
           *                   "id": "402",
           *                   "name": "东城区",
           *                   "level": "3",
           *                   "letters": ""
           *                 }
           *               ]
           *             }
           *           ]
           *         }
           *       ]
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              name: string;
              /** @description 1 province, 2 city, 3 county. */
              level: string;
              letters: string;
              items: {
                id: string;
                name: string;
                /** @description 1 province, 2 city, 3 county. */
                level: string;
                letters: string;
                items: {
                  id: string;
                  name: string;
                  /** @description 1 province, 2 city, 3 county. */
                  level: string;
                  letters: string;
                }[];
              }[];
            }[];
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  RegionController_all_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": [
           *         {
           *           "id": "1",
           *           "name": "北京市",
           *           "level": "1",
           *           "letters": "",
           *           "items": [
           *             {
           *               "id": "35",
           *               "name": "北京市",
           *               "level": "2",
           *               "letters": "",
           *               "items": [
           *                 {
           *                   "id": "402",
           *                   "name": "东城区",
           *                   "level": "3",
           *                   "letters": ""
           *                 }
           *               ]
           *             }
           *           ]
           *         }
           *       ]
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              name: string;
              /** @description 1 province, 2 city, 3 county. */
              level: string;
              letters: string;
              items: {
                id: string;
                name: string;
                /** @description 1 province, 2 city, 3 county. */
                level: string;
                letters: string;
                items: {
                  id: string;
                  name: string;
                  /** @description 1 province, 2 city, 3 county. */
                  level: string;
                  letters: string;
                }[];
              }[];
            }[];
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  RegionController_codeData_get: {
    parameters: {
      query: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description A code of GB/T 2260, of six digits or without the zeros at its end: 310112, 3101, 31. */
        code: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "获取成功",
           *       "code": 0,
           *       "data": {
           *         "province": {
           *           "id": "1",
           *           "name": "北京市"
           *         },
           *         "city": {
           *           "id": "35",
           *           "name": "北京市"
           *         },
           *         "county": {
           *           "id": "402",
           *           "name": "东城区"
           *         }
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              province: {
                id: string | 0;
                name: string;
              };
              city: {
                id: string | 0;
                name: string;
              };
              county: {
                id: string | 0;
                name: string;
              };
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  RegionController_codeData_post: {
    parameters: {
      query: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description A code of GB/T 2260, of six digits or without the zeros at its end: 310112, 3101, 31. */
        code: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "获取成功",
           *       "code": 0,
           *       "data": {
           *         "province": {
           *           "id": "1",
           *           "name": "北京市"
           *         },
           *         "city": {
           *           "id": "35",
           *           "name": "北京市"
           *         },
           *         "county": {
           *           "id": "402",
           *           "name": "东城区"
           *         }
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              province: {
                id: string | 0;
                name: string;
              };
              city: {
                id: string | 0;
                name: string;
              };
              county: {
                id: string | 0;
                name: string;
              };
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  AgreementController_index_get: {
    parameters: {
      query: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description userregister, userprivacy or userlogout. */
        document: 'userregister' | 'userprivacy' | 'userlogout';
        /** @description 1: the answer is a page for a browser, text/html, and no envelope. */
        is_content?: '0' | '1';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "value": "<p>...</p>"
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @description HTML. */
              value: string;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  AgreementController_index_post: {
    parameters: {
      query: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description userregister, userprivacy or userlogout. */
        document: 'userregister' | 'userprivacy' | 'userlogout';
        /** @description 1: the answer is a page for a browser, text/html, and no envelope. */
        is_content?: '0' | '1';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "value": "<p>...</p>"
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @description HTML. */
              value: string;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  BaseController_common_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "status": 1,
           *         "config": {
           *           "home_user_login_type": [
           *             "username"
           *           ],
           *           "home_user_reg_type": [
           *             "username"
           *           ],
           *           "home_user_login_img_verify_state": 0,
           *           "home_user_register_img_verify_state": 0,
           *           "common_img_verify_state": 0,
           *           "common_user_onekey_bind_mobile_list": [],
           *           "common_user_address_platform_import_list": [
           *             "weixin",
           *             "alipay",
           *             "baidu",
           *             "toutiao",
           *             "qq"
           *           ],
           *           "agreement_userregister_url": "http://shopxo.com/agreement/index?document=userregister&is_content=1",
           *           "agreement_userprivacy_url": "http://shopxo.com/agreement/index?document=userprivacy&is_content=1",
           *           "agreement_userlogout_url": "http://shopxo.com/agreement/index?document=userlogout&is_content=1"
           *         },
           *         "currency_symbol": "￥",
           *         "quick_nav": [],
           *         "plugins_base": {},
           *         "app_tabbar": {
           *           "content": {
           *             "nav_style": "0",
           *             "nav_type": "0",
           *             "nav_content": [
           *               {
           *                 "id": "1",
           *                 "name": "首页",
           *                 "img": [
           *                   {
           *                     "url": "http://shopxo.com/static/app/icons/home.svg"
           *                   }
           *                 ],
           *                 "img_checked": [
           *                   {
           *                     "url": "http://shopxo.com/static/app/icons/home-checked.svg"
           *                   }
           *                 ],
           *                 "link": {
           *                   "name": "首页",
           *                   "page": "/pages/index/index"
           *                 }
           *               },
           *               {
           *                 "id": "2",
           *                 "name": "我的",
           *                 "img": [
           *                   {
           *                     "url": "http://shopxo.com/static/app/icons/user.svg"
           *                   }
           *                 ],
           *                 "img_checked": [
           *                   {
           *                     "url": "http://shopxo.com/static/app/icons/user-checked.svg"
           *                   }
           *                 ],
           *                 "link": {
           *                   "name": "我的",
           *                   "page": "/pages/user/user"
           *                 }
           *               }
           *             ]
           *           },
           *           "style": {
           *             "text_color_checked": "#d9412b",
           *             "default_text_color": "#555b66",
           *             "common_style": {
           *               "direction": "90deg",
           *               "color_list": [
           *                 {
           *                   "color": "rgba(255,255,255,1)"
           *                 }
           *               ],
           *               "background_img_style": "0",
           *               "background_img": [],
           *               "padding_top": "0",
           *               "padding_bottom": "0",
           *               "padding_left": "0",
           *               "padding_right": "0",
           *               "margin_top": "0",
           *               "margin_bottom": "0",
           *               "margin_left": "0",
           *               "margin_right": "0"
           *             }
           *           }
           *         }
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @enum {integer} */
              status: 1;
              config: {
                /** @description The open ways; sms and email where codes can be sent. */
                home_user_login_type: ('username' | 'sms' | 'email')[];
                /** @description The open ways; sms and email where codes can be sent. */
                home_user_reg_type: ('username' | 'sms' | 'email')[];
                /** @description 1 where logins by password may need a picture captcha. */
                home_user_login_img_verify_state: number;
                /** @enum {integer} */
                home_user_register_img_verify_state: 0;
                /** @description 1 while sending a code needs a picture captcha. */
                common_img_verify_state: number;
                /** @description The mini-programs whose platform gives verified mobile numbers, as far as configured. */
                common_user_onekey_bind_mobile_list: string[];
                /** @description Client types that offer to import an address from their platform's address book. */
                common_user_address_platform_import_list: string[];
                /** @description A page for a browser. */
                agreement_userregister_url: string;
                /** @description A page for a browser. */
                agreement_userprivacy_url: string;
                /** @description A page for a browser. */
                agreement_userlogout_url: string;
              };
              currency_symbol: string;
              /** @description Empty. */
              quick_nav: unknown[];
              /** @description Empty. */
              plugins_base: Record<string, never>;
              app_tabbar: {
                content: {
                  nav_style: string;
                  nav_type: string;
                  nav_content: {
                    id: string;
                    name: string;
                    img: {
                      url: string;
                    }[];
                    img_checked: {
                      url: string;
                    }[];
                    link: {
                      name: string;
                      page: string;
                    };
                  }[];
                };
                /** @description Colours and distances, as the client computes with. */
                style: Record<string, never>;
              };
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  BaseController_common_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "status": 1,
           *         "config": {
           *           "home_user_login_type": [
           *             "username"
           *           ],
           *           "home_user_reg_type": [
           *             "username"
           *           ],
           *           "home_user_login_img_verify_state": 0,
           *           "home_user_register_img_verify_state": 0,
           *           "common_img_verify_state": 0,
           *           "common_user_onekey_bind_mobile_list": [],
           *           "common_user_address_platform_import_list": [
           *             "weixin",
           *             "alipay",
           *             "baidu",
           *             "toutiao",
           *             "qq"
           *           ],
           *           "agreement_userregister_url": "http://shopxo.com/agreement/index?document=userregister&is_content=1",
           *           "agreement_userprivacy_url": "http://shopxo.com/agreement/index?document=userprivacy&is_content=1",
           *           "agreement_userlogout_url": "http://shopxo.com/agreement/index?document=userlogout&is_content=1"
           *         },
           *         "currency_symbol": "￥",
           *         "quick_nav": [],
           *         "plugins_base": {},
           *         "app_tabbar": {
           *           "content": {
           *             "nav_style": "0",
           *             "nav_type": "0",
           *             "nav_content": [
           *               {
           *                 "id": "1",
           *                 "name": "首页",
           *                 "img": [
           *                   {
           *                     "url": "http://shopxo.com/static/app/icons/home.svg"
           *                   }
           *                 ],
           *                 "img_checked": [
           *                   {
           *                     "url": "http://shopxo.com/static/app/icons/home-checked.svg"
           *                   }
           *                 ],
           *                 "link": {
           *                   "name": "首页",
           *                   "page": "/pages/index/index"
           *                 }
           *               },
           *               {
           *                 "id": "2",
           *                 "name": "我的",
           *                 "img": [
           *                   {
           *                     "url": "http://shopxo.com/static/app/icons/user.svg"
           *                   }
           *                 ],
           *                 "img_checked": [
           *                   {
           *                     "url": "http://shopxo.com/static/app/icons/user-checked.svg"
           *                   }
           *                 ],
           *                 "link": {
           *                   "name": "我的",
           *                   "page": "/pages/user/user"
           *                 }
           *               }
           *             ]
           *           },
           *           "style": {
           *             "text_color_checked": "#d9412b",
           *             "default_text_color": "#555b66",
           *             "common_style": {
           *               "direction": "90deg",
           *               "color_list": [
           *                 {
           *                   "color": "rgba(255,255,255,1)"
           *                 }
           *               ],
           *               "background_img_style": "0",
           *               "background_img": [],
           *               "padding_top": "0",
           *               "padding_bottom": "0",
           *               "padding_left": "0",
           *               "padding_right": "0",
           *               "margin_top": "0",
           *               "margin_bottom": "0",
           *               "margin_left": "0",
           *               "margin_right": "0"
           *             }
           *           }
           *         }
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @enum {integer} */
              status: 1;
              config: {
                /** @description The open ways; sms and email where codes can be sent. */
                home_user_login_type: ('username' | 'sms' | 'email')[];
                /** @description The open ways; sms and email where codes can be sent. */
                home_user_reg_type: ('username' | 'sms' | 'email')[];
                /** @description 1 where logins by password may need a picture captcha. */
                home_user_login_img_verify_state: number;
                /** @enum {integer} */
                home_user_register_img_verify_state: 0;
                /** @description 1 while sending a code needs a picture captcha. */
                common_img_verify_state: number;
                /** @description The mini-programs whose platform gives verified mobile numbers, as far as configured. */
                common_user_onekey_bind_mobile_list: string[];
                /** @description Client types that offer to import an address from their platform's address book. */
                common_user_address_platform_import_list: string[];
                /** @description A page for a browser. */
                agreement_userregister_url: string;
                /** @description A page for a browser. */
                agreement_userprivacy_url: string;
                /** @description A page for a browser. */
                agreement_userlogout_url: string;
              };
              currency_symbol: string;
              /** @description Empty. */
              quick_nav: unknown[];
              /** @description Empty. */
              plugins_base: Record<string, never>;
              app_tabbar: {
                content: {
                  nav_style: string;
                  nav_type: string;
                  nav_content: {
                    id: string;
                    name: string;
                    img: {
                      url: string;
                    }[];
                    img_checked: {
                      url: string;
                    }[];
                    link: {
                      name: string;
                      page: string;
                    };
                  }[];
                };
                /** @description Colours and distances, as the client computes with. */
                style: Record<string, never>;
              };
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  IndexController_index_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "cart_total": {},
           *         "data_list": []
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @description Empty. */
              cart_total: Record<string, never>;
              /** @description Empty. */
              data_list: unknown[];
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  IndexController_index_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "cart_total": {},
           *         "data_list": []
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @description Empty. */
              cart_total: Record<string, never>;
              /** @description Empty. */
              data_list: unknown[];
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserCenterController_center_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "cart_total": {},
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "nickname": "p001",
           *         "username": "pppppp",
           *         "user_name_view": "pppppp",
           *         "integral": "0",
           *         "navigation": [
           *           {
           *             "id": 1,
           *             "name": "我的地址",
           *             "images_url": "http://shopxo.com/static/app/icons/address.svg",
           *             "event_type": 1,
           *             "event_value": "/pages/user-address/user-address",
           *             "desc": ""
           *           },
           *           {
           *             "id": 2,
           *             "name": "我的消息",
           *             "images_url": "http://shopxo.com/static/app/icons/message.svg",
           *             "event_type": 1,
           *             "event_value": "/pages/message/message",
           *             "desc": ""
           *           },
           *           {
           *             "id": 3,
           *             "name": "我的积分",
           *             "images_url": "http://shopxo.com/static/app/icons/points.svg",
           *             "event_type": 1,
           *             "event_value": "/pages/user-integral/user-integral",
           *             "desc": ""
           *           }
           *         ],
           *         "message_total": 0,
           *         "user_order_status": [],
           *         "user_order_count": 0,
           *         "user_goods_favor_count": 0,
           *         "user_goods_browse_count": 0
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @description Empty. */
              cart_total: Record<string, never>;
              avatar: string;
              nickname: string;
              username: string;
              user_name_view: string;
              integral: string;
              navigation: {
                id: number;
                name: string;
                images_url: string;
                /**
                 * @description A page of the client.
                 * @enum {integer}
                 */
                event_type: 1;
                event_value: string;
                desc: string;
              }[];
              /** @description Unread messages. */
              message_total: number;
              /** @description Empty. */
              user_order_status: unknown[];
              /** @enum {integer} */
              user_order_count: 0;
              /** @enum {integer} */
              user_goods_favor_count: 0;
              /** @enum {integer} */
              user_goods_browse_count: 0;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserCenterController_center_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "cart_total": {},
           *         "avatar": "http://shopxo.com/static/index/default/images/default-user-avatar.jpg",
           *         "nickname": "p001",
           *         "username": "pppppp",
           *         "user_name_view": "pppppp",
           *         "integral": "0",
           *         "navigation": [
           *           {
           *             "id": 1,
           *             "name": "我的地址",
           *             "images_url": "http://shopxo.com/static/app/icons/address.svg",
           *             "event_type": 1,
           *             "event_value": "/pages/user-address/user-address",
           *             "desc": ""
           *           },
           *           {
           *             "id": 2,
           *             "name": "我的消息",
           *             "images_url": "http://shopxo.com/static/app/icons/message.svg",
           *             "event_type": 1,
           *             "event_value": "/pages/message/message",
           *             "desc": ""
           *           },
           *           {
           *             "id": 3,
           *             "name": "我的积分",
           *             "images_url": "http://shopxo.com/static/app/icons/points.svg",
           *             "event_type": 1,
           *             "event_value": "/pages/user-integral/user-integral",
           *             "desc": ""
           *           }
           *         ],
           *         "message_total": 0,
           *         "user_order_status": [],
           *         "user_order_count": 0,
           *         "user_goods_favor_count": 0,
           *         "user_goods_browse_count": 0
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @description Empty. */
              cart_total: Record<string, never>;
              avatar: string;
              nickname: string;
              username: string;
              user_name_view: string;
              integral: string;
              navigation: {
                id: number;
                name: string;
                images_url: string;
                /**
                 * @description A page of the client.
                 * @enum {integer}
                 */
                event_type: 1;
                event_value: string;
                desc: string;
              }[];
              /** @description Unread messages. */
              message_total: number;
              /** @description Empty. */
              user_order_status: unknown[];
              /** @enum {integer} */
              user_order_count: 0;
              /** @enum {integer} */
              user_goods_favor_count: 0;
              /** @enum {integer} */
              user_goods_browse_count: 0;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserAddressController_index_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "data": [
           *           {
           *             "id": "1",
           *             "alias": "公司",
           *             "name": "张三",
           *             "tel": "13800138000",
           *             "province": "1",
           *             "city": "35",
           *             "county": "402",
           *             "address": "东华门大街1号",
           *             "lng": "116.4074000000",
           *             "lat": "39.9042000000",
           *             "is_default": true,
           *             "idcard_name": "张三",
           *             "idcard_number": "110***********002X",
           *             "idcard_front": "http://shop.test/front.jpg",
           *             "idcard_back": "",
           *             "province_name": "北京市",
           *             "city_name": "北京市",
           *             "county_name": "东城区",
           *             "idcard_front_old": "/front.jpg",
           *             "idcard_back_old": ""
           *           }
           *         ]
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              data: {
                id: string;
                alias: string;
                name: string;
                tel: string;
                province: string;
                city: string;
                county: string;
                address: string;
                lng: string;
                lat: string;
                is_default: boolean;
                idcard_name: string;
                /** @description Masked. */
                idcard_number: string;
                idcard_front: string;
                idcard_back: string;
                province_name: string;
                city_name: string;
                county_name: string;
                idcard_front_old: string;
                idcard_back_old: string;
              }[];
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserAddressController_index_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "data": [
           *           {
           *             "id": "1",
           *             "alias": "公司",
           *             "name": "张三",
           *             "tel": "13800138000",
           *             "province": "1",
           *             "city": "35",
           *             "county": "402",
           *             "address": "东华门大街1号",
           *             "lng": "116.4074000000",
           *             "lat": "39.9042000000",
           *             "is_default": true,
           *             "idcard_name": "张三",
           *             "idcard_number": "110***********002X",
           *             "idcard_front": "http://shop.test/front.jpg",
           *             "idcard_back": "",
           *             "province_name": "北京市",
           *             "city_name": "北京市",
           *             "county_name": "东城区",
           *             "idcard_front_old": "/front.jpg",
           *             "idcard_back_old": ""
           *           }
           *         ]
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              data: {
                id: string;
                alias: string;
                name: string;
                tel: string;
                province: string;
                city: string;
                county: string;
                address: string;
                lng: string;
                lat: string;
                is_default: boolean;
                idcard_name: string;
                /** @description Masked. */
                idcard_number: string;
                idcard_front: string;
                idcard_back: string;
                province_name: string;
                city_name: string;
                county_name: string;
                idcard_front_old: string;
                idcard_back_old: string;
              }[];
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserAddressController_detail_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description The id of one of the user's own addresses; 0 for none yet. */
        id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "data": {
           *           "id": "1",
           *           "alias": "公司",
           *           "name": "张三",
           *           "tel": "13800138000",
           *           "province": "1",
           *           "city": "35",
           *           "county": "402",
           *           "address": "东华门大街1号",
           *           "lng": "116.4074000000",
           *           "lat": "39.9042000000",
           *           "is_default": "1",
           *           "idcard_name": "张三",
           *           "idcard_number": "11010519491231002X",
           *           "idcard_front": "http://shop.test/front.jpg",
           *           "idcard_back": "",
           *           "province_name": "北京市",
           *           "city_name": "北京市",
           *           "county_name": "东城区",
           *           "idcard_front_old": "/front.jpg",
           *           "idcard_back_old": ""
           *         },
           *         "editor_path_type": "user_address-1-469"
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @description null where the user has no such address. */
              data: {
                id: string;
                alias: string;
                name: string;
                tel: string;
                province: string;
                city: string;
                county: string;
                address: string;
                lng: string;
                lat: string;
                /** @enum {string} */
                is_default: '0' | '1';
                idcard_name: string;
                idcard_number: string;
                idcard_front: string;
                idcard_back: string;
                province_name: string;
                city_name: string;
                county_name: string;
                idcard_front_old: string;
                idcard_back_old: string;
              } | null;
              editor_path_type: string;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserAddressController_detail_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description The id of one of the user's own addresses; 0 for none yet. */
        id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "data": {
           *           "id": "1",
           *           "alias": "公司",
           *           "name": "张三",
           *           "tel": "13800138000",
           *           "province": "1",
           *           "city": "35",
           *           "county": "402",
           *           "address": "东华门大街1号",
           *           "lng": "116.4074000000",
           *           "lat": "39.9042000000",
           *           "is_default": "1",
           *           "idcard_name": "张三",
           *           "idcard_number": "11010519491231002X",
           *           "idcard_front": "http://shop.test/front.jpg",
           *           "idcard_back": "",
           *           "province_name": "北京市",
           *           "city_name": "北京市",
           *           "county_name": "东城区",
           *           "idcard_front_old": "/front.jpg",
           *           "idcard_back_old": ""
           *         },
           *         "editor_path_type": "user_address-1-469"
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @description null where the user has no such address. */
              data: {
                id: string;
                alias: string;
                name: string;
                tel: string;
                province: string;
                city: string;
                county: string;
                address: string;
                lng: string;
                lat: string;
                /** @enum {string} */
                is_default: '0' | '1';
                idcard_name: string;
                idcard_number: string;
                idcard_front: string;
                idcard_back: string;
                province_name: string;
                city_name: string;
                county_name: string;
                idcard_front_old: string;
                idcard_back_old: string;
              } | null;
              editor_path_type: string;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserAddressController_save_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SaveUserAddressDto'];
        'application/x-www-form-urlencoded': components['schemas']['SaveUserAddressDto'];
        'multipart/form-data': components['schemas']['SaveUserAddressDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "操作成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserAddressController_delete_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UserAddressIdDto'];
        'application/x-www-form-urlencoded': components['schemas']['UserAddressIdDto'];
        'multipart/form-data': components['schemas']['UserAddressIdDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "删除成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserAddressController_setDefault_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UserAddressIdDto'];
        'application/x-www-form-urlencoded': components['schemas']['UserAddressIdDto'];
        'multipart/form-data': components['schemas']['UserAddressIdDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "设置成功",
           *       "code": 0,
           *       "data": ""
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /**
             * @description Empty.
             * @enum {string}
             */
            data: '';
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserAddressController_outSystemAdd_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OutSystemAddressDto'];
        'application/x-www-form-urlencoded': components['schemas']['OutSystemAddressDto'];
        'multipart/form-data': components['schemas']['OutSystemAddressDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "操作成功",
           *       "code": 0,
           *       "data": {
           *         "id": "1",
           *         "alias": "公司",
           *         "name": "张三",
           *         "tel": "13800138000",
           *         "province": "1",
           *         "city": "35",
           *         "county": "402",
           *         "address": "东华门大街1号",
           *         "lng": "116.4074000000",
           *         "lat": "39.9042000000",
           *         "is_default": "1",
           *         "idcard_name": "张三",
           *         "idcard_number": "11010519491231002X",
           *         "idcard_front": "http://shop.test/front.jpg",
           *         "idcard_back": "",
           *         "province_name": "北京市",
           *         "city_name": "北京市",
           *         "county_name": "东城区",
           *         "idcard_front_old": "/front.jpg",
           *         "idcard_back_old": ""
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              id: string;
              alias: string;
              name: string;
              tel: string;
              province: string;
              city: string;
              county: string;
              address: string;
              lng: string;
              lat: string;
              /** @enum {string} */
              is_default: '0' | '1';
              idcard_name: string;
              idcard_number: string;
              idcard_front: string;
              idcard_back: string;
              province_name: string;
              city_name: string;
              county_name: string;
              idcard_front_old: string;
              idcard_back_old: string;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  IdCardPictureController_upload_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'multipart/form-data': components['schemas']['UploadIdCardDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "上传成功",
           *       "code": 0,
           *       "data": {
           *         "url": "http://shopxo.com/useraddress/idcardpicture?picture=2026%2F11%2F0f3c5bb1a7d24d0c9d7be1a4a8f0c7de.jpg&expires=1764255600&signature=5f…"
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              /** @description A link to the picture. */
              url: string;
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  IdCardPictureController_picture_get: {
    parameters: {
      query: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description The picture's name. */
        picture: string;
        /** @description Seconds since 1970, from which on the link is of no use. */
        expires: string;
        /** @description The service's signature of the two. */
        signature: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/jpeg': string;
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  IdCardPictureController_picture_post: {
    parameters: {
      query: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description The picture's name. */
        picture: string;
        /** @description Seconds since 1970, from which on the link is of no use. */
        expires: string;
        /** @description The service's signature of the two. */
        signature: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/jpeg': string;
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  MessageController_index_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PageDto'];
        'application/x-www-form-urlencoded': components['schemas']['PageDto'];
        'multipart/form-data': components['schemas']['PageDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "total": 1,
           *         "page_total": 1,
           *         "page": 1,
           *         "page_size": 20,
           *         "data": [
           *           {
           *             "id": "1",
           *             "title": "积分变动",
           *             "detail": "订单 &quot;20221119&quot; 完成<br>[ 有效积分增加10 ]",
           *             "business_id": "1",
           *             "business_type": "积分",
           *             "type": "0",
           *             "is_read": "1",
           *             "add_time": "1668859279",
           *             "type_text": "默认",
           *             "is_read_text": "已读",
           *             "add_time_time": "2022-11-19 20:01:19",
           *             "add_time_date": "2022-11-19"
           *           }
           *         ]
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              total: number;
              page_total: number;
              page: number;
              page_size: number;
              data: {
                id: string;
                /** @description Plain text. */
                title: string;
                /** @description HTML without scripts and styles. */
                detail: string;
                business_id: string;
                business_type: string;
                type: string;
                /**
                 * @description Read by this answer at the latest.
                 * @enum {string}
                 */
                is_read: '1';
                add_time: string;
                type_text: string;
                is_read_text: string;
                add_time_time: string;
                add_time_date: string;
              }[];
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserIntegralController_index_get: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description Beyond the last page there is no entry. */
        page?: number;
        page_size?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "total": 1,
           *         "page_total": 1,
           *         "page": 1,
           *         "page_size": 20,
           *         "data": [
           *           {
           *             "id": "1",
           *             "integral_type": "0",
           *             "operation_type": "1",
           *             "original_integral": "90",
           *             "new_integral": "100",
           *             "operation_integral": "10",
           *             "msg": "订单商品完成赠送",
           *             "add_time": "1668859279",
           *             "integral_type_text": "有效",
           *             "operation_type_text": "增加",
           *             "add_time_time": "2022-11-19 20:01:19",
           *             "add_time_date": "2022-11-19"
           *           }
           *         ],
           *         "user_integral_header": {
           *           "available": {
           *             "icon": "http://shop.test/static/index/default/images/integral.png",
           *             "name": "正常可用",
           *             "value": "100",
           *             "unit": "积分"
           *           },
           *           "locking": {
           *             "icon": "http://shop.test/static/index/default/images/lock.png",
           *             "name": "当前锁定",
           *             "value": "0",
           *             "unit": "积分"
           *           }
           *         }
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              total: number;
              page_total: number;
              page: number;
              page_size: number;
              data: {
                id: string;
                /**
                 * @description 0 valid, 1 locked.
                 * @enum {string}
                 */
                integral_type: '0' | '1';
                /**
                 * @description 0 less, 1 more.
                 * @enum {string}
                 */
                operation_type: '0' | '1';
                original_integral: string;
                new_integral: string;
                operation_integral: string;
                msg: string;
                add_time: string;
                integral_type_text: string;
                operation_type_text: string;
                add_time_time: string;
                add_time_date: string;
              }[];
              /** @description On the first page only. */
              user_integral_header?: {
                available: {
                  icon: string;
                  name: string;
                  value: string;
                  unit: string;
                };
                locking: {
                  icon: string;
                  name: string;
                  value: string;
                  unit: string;
                };
              };
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  UserIntegralController_index_post: {
    parameters: {
      query?: {
        application?: 'web' | 'app';
        application_client_type?:
          | 'pc'
          | 'h5'
          | 'ios'
          | 'android'
          | 'weixin'
          | 'alipay'
          | 'baidu'
          | 'toutiao'
          | 'qq'
          | 'kuaishou';
        system_type?: string;
        lang?: 'zh' | 'en' | 'cht' | 'spa';
        /** @description Beyond the last page there is no entry. */
        page?: number;
        page_size?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "success",
           *       "code": 0,
           *       "data": {
           *         "total": 1,
           *         "page_total": 1,
           *         "page": 1,
           *         "page_size": 20,
           *         "data": [
           *           {
           *             "id": "1",
           *             "integral_type": "0",
           *             "operation_type": "1",
           *             "original_integral": "90",
           *             "new_integral": "100",
           *             "operation_integral": "10",
           *             "msg": "订单商品完成赠送",
           *             "add_time": "1668859279",
           *             "integral_type_text": "有效",
           *             "operation_type_text": "增加",
           *             "add_time_time": "2022-11-19 20:01:19",
           *             "add_time_date": "2022-11-19"
           *           }
           *         ],
           *         "user_integral_header": {
           *           "available": {
           *             "icon": "http://shop.test/static/index/default/images/integral.png",
           *             "name": "正常可用",
           *             "value": "100",
           *             "unit": "积分"
           *           },
           *           "locking": {
           *             "icon": "http://shop.test/static/index/default/images/lock.png",
           *             "name": "当前锁定",
           *             "value": "0",
           *             "unit": "积分"
           *           }
           *         }
           *       }
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            data: {
              total: number;
              page_total: number;
              page: number;
              page_size: number;
              data: {
                id: string;
                /**
                 * @description 0 valid, 1 locked.
                 * @enum {string}
                 */
                integral_type: '0' | '1';
                /**
                 * @description 0 less, 1 more.
                 * @enum {string}
                 */
                operation_type: '0' | '1';
                original_integral: string;
                new_integral: string;
                operation_integral: string;
                msg: string;
                add_time: string;
                integral_type_text: string;
                operation_type_text: string;
                add_time_time: string;
                add_time_date: string;
              }[];
              /** @description On the first page only. */
              user_integral_header?: {
                available: {
                  icon: string;
                  name: string;
                  value: string;
                  unit: string;
                };
                locking: {
                  icon: string;
                  name: string;
                  value: string;
                  unit: string;
                };
              };
            };
          };
        };
      };
      /** @description A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those of transport and infrastructure carry their own status. */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "msg": "error",
           *       "code": -1,
           *       "data": []
           *     }
           */
          'application/json': {
            /** @description For people, in the request's language. */
            msg: string;
            /** @description 0 is success; a failure is negative and data is []. */
            code: number;
            /** @description Empty. */
            data: unknown[];
          };
        };
      };
    };
  };
  HealthController_live_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It does. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  HealthController_ready_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is, and they are. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description It is not, or they are not. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}
