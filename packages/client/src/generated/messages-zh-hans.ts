// Made from languages/ by `npm run generate`; a change by hand is lost.

/** The sentences of the language zh-Hans. */
export const messages = {
  "codes": {
    "bad_authorization_header": "无法读取你的会话。请登录后重试。",
    "callback_url_not_allowed": "服务器不允许使用此网址。",
    "challenge_exhausted": "错误次数过多。请重新登录。",
    "challenge_invalid": "此步骤用时过长。请重新登录。",
    "client_id_mismatch": "此次登录是为其他应用进行的。请重试。",
    "csrf_failed": "打开此页面所用的网址不被服务器认可。请使用平时的网址打开。",
    "disconnect_not_allowed": "这是您唯一的登录方式。请先设置密码或添加通行密钥。",
    "dpop_required": "此服务器需要更新版本的应用或浏览器。请更新后重试。",
    "email_already_registered": "此电子邮件地址已有账户。请登录该账户，然后在个人资料中关联提供商。",
    "email_not_verified": "你的电子邮件地址尚未确认。请打开我们发送给你的邮件中的链接。",
    "error": "我们这边出了点问题。请稍后重试。",
    "flow_not_supported": "这种登录方式不适用于此提供商。",
    "idempotency_key_reused": "服务器无法读取发送的内容。请重试。",
    "incorrect_credentials": "电子邮件地址或密码不正确。",
    "insufficient_user_authentication": "请确认是你本人操作，然后重试。",
    "invalid": "你输入的部分内容有误。请检查后重试。",
    "invalid_code": "验证码不正确。请输入应用现在显示的验证码。",
    "invalid_dpop_proof": "服务器无法验证此设备。请重试，或退出后重新登录。",
    "invalid_idempotency_key": "服务器无法读取发送的内容。请重试。",
    "invalid_password": "这不是您的密码。",
    "invalid_recovery_code": "此恢复代码不正确，或已被使用。",
    "invalid_social_token": "提供商未接受此次登录。请重试。",
    "local_account_unverified": "此电子邮件地址已有账户。请使用密码登录并在其中关联提供商，或先通过电子邮件设置新密码。",
    "method_not_allowed": "服务器不支持此操作。",
    "mfa_disabled": "此服务器已关闭两步登录。",
    "mfa_locked": "错误的验证码过多。请稍后再试。",
    "mfa_required": "您的账户必须使用两步登录，无法关闭。",
    "network_error": "无法连接到服务器。内容没有丢失，请稍后重试。",
    "no_active_account": "此账号已被停用。",
    "no_second_factor": "您还没有第二重验证方式。请先设置一个。",
    "no_usable_password": "您的账户没有密码。请先通过“忘记密码”以电子邮件设置密码。",
    "not_authenticated": "你已退出登录。请登录后重试。",
    "not_found": "你要找的内容已不存在。",
    "other_link": "此表单属于另一个链接。请重新打开最新邮件中的链接。",
    "parse_error": "服务器无法读取发送的内容。请重试。",
    "passkey_refused": "无法验证此通行密钥。请重试。",
    "passkeys_disabled": "此服务器已关闭通行密钥。",
    "permission_denied": "你没有权限执行此操作。",
    "provider_email_unverified": "提供商未确认您的电子邮件地址。请使用其他方式登录，或使用密码注册。然后在个人资料中关联提供商。",
    "provider_not_configured": "此服务器不提供这种登录方式。",
    "provider_unavailable": "目前无法连接提供商。请稍后重试。",
    "recovery_codes_locked": "您的账户的恢复代码已被锁定。请使用通行密钥或身份验证应用。",
    "request_too_large": "发送的内容超出服务器的上限。请减少内容。",
    "session_expired": "你的会话已过期。请登录后重试。",
    "setup_not_initiated": "此步骤用时过长。请重新开始设置。",
    "social_account_in_use": "您在提供商处的账户已与此处的其他账户关联。",
    "storage_unavailable": "此设备目前无法保存你的会话。请关闭其他页面后重试。",
    "throttled": "尝试次数过多。请稍等片刻再试。",
    "timeout": "服务器未及时响应。内容没有丢失，请稍后重试。",
    "token_not_valid": "你的会话已结束。请登录后重试。",
    "token_required": "服务器无法读取发送的内容。请重试。",
    "too_many_connections": "您关联的账号过多。请先解除一个关联。",
    "too_many_passkeys": "您的通行密钥过多。请先移除一个。",
    "totp_already_active": "身份验证应用已设置。",
    "totp_locked": "您的账户的验证码已被锁定。请使用通行密钥或恢复代码。",
    "totp_not_active": "两步登录尚未开启。",
    "unavailable": "服务器目前繁忙。内容没有丢失，请稍后重试。",
    "unexpected_answer": "响应并非来自服务器。请检查网络连接后重试。",
    "unknown_passkey": "此处不认识这个通行密钥。请使用另一个。",
    "unsupported_media_type": "服务器无法读取此类数据。",
    "use_dpop_nonce": "服务器无法验证此设备。请重试，或退出后重新登录。",
    "user_inactive": "此账号已被停用。",
    "user_not_found": "此账号已不存在。"
  },
  "denials": {
    "lastSuperuser": "这是最后一个有效的超级用户。请先设置另一个超级用户。",
    "ownAccount": "你不能对自己的账号执行此操作。"
  },
  "fields": {
    "blank": "请填写此项。",
    "controlCharacters": "文本中包含无法显示的字符。",
    "deactivatedAccount": "此账号已停用。",
    "newPasswordsDiffer": "两次输入的密码不一致。",
    "noInvitation": "此服务器不发送邮件，因此无法邀请用户。请设置密码。",
    "noMail": "此服务器不发送邮件。",
    "notABoolean": "请选择“是”或“否”。",
    "notAChallenge": "请输入可读取的文本。",
    "notACursor": "列表已更改。请从头开始查看。",
    "notALanding": "服务器不允许使用此网址。",
    "notALanguage": "此语言不可用。请选择其他语言。",
    "notAPrompt": "请输入可读取的文本。",
    "notAReturn": "服务器不允许使用此网址。",
    "notAString": "请输入可读取的文本。",
    "notATime": "请输入日期和时间。",
    "notAnAddress": "请输入有效的电子邮件地址。",
    "notAnInteger": "请输入整数。",
    "notOneProof": "请只用一种方式确认是您本人。",
    "null": "请填写此项。",
    "nullCharacters": "文本中包含无法存储的字符。",
    "passwordNumeric": "密码只包含数字。请加入字母。",
    "passwordTooCommon": "此密码太常见。",
    "passwordTooShort": "密码太短。请至少使用 8 个字符。",
    "passwordsDiffer": "两次输入的密码不一致。",
    "required": "请填写此项。",
    "similarToEmailAddress": "密码与电子邮件地址太相似。",
    "similarToFirstName": "密码与名字太相似。",
    "similarToLastName": "密码与姓氏太相似。",
    "takenAddress": "此电子邮件地址已有账号。",
    "tooLarge": {
      "other": "请输入不大于 {count} 的数值。"
    },
    "tooLong": {
      "other": "最多输入 {count} 个字符。"
    },
    "tooShort": {
      "other": "至少输入 {count} 个字符。"
    },
    "tooSmall": {
      "other": "请输入不小于 {count} 的数值。"
    },
    "unprintableCharacters": "文本中包含无法显示的字符。",
    "useSecondFactor": "请改用你的第二验证方式。",
    "wrongOldPassword": "这不是你当前的密码。",
    "wrongPassword": "这不是你的密码。"
  },
  "signedOut": {
    "account_gone": "此账号已被删除或停用。",
    "expired": "你的会话已过期。请登录以继续。",
    "key_lost": "你的会话密钥已不在此设备上。请登录以继续。",
    "session_ended": "你的会话已结束。请登录以继续。",
    "signed_out": "你已退出登录。"
  },
  "waits": {
    "hours": {
      "other": "{count} 小时"
    },
    "minutes": {
      "other": "{count} 分钟"
    },
    "seconds": {
      "other": "{count} 秒"
    }
  },
  "withWait": {
    "throttled": "尝试次数过多。请在 {wait}后重试。",
    "unavailable": "服务器目前繁忙。内容没有丢失，请在 {wait}后重试。"
  },
  "deadLink": "此链接已失效。请重新获取链接。",
  "offline": "你处于离线状态。内容没有丢失，请在恢复联网后重试。",
  "unknown": "出了点问题。请重试。"
}
