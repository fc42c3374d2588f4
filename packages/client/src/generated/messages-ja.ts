// Made from languages/ by `npm run generate`; a change by hand is lost.

/** The sentences of the language ja. */
export const messages = {
  "codes": {
    "bad_authorization_header": "セッションを読み取れませんでした。ログインして、もう一度お試しください。",
    "challenge_exhausted": "間違いが多すぎます。もう一度ログインしてください。",
    "challenge_invalid": "この手順に時間がかかりすぎました。もう一度ログインしてください。",
    "csrf_failed": "このページは、サーバーに登録されていないアドレスで開かれています。いつものアドレスで開いてください。",
    "dpop_required": "このサーバーには、より新しいアプリまたはブラウザーが必要です。更新して、もう一度お試しください。",
    "email_not_verified": "メールアドレスがまだ確認されていません。お送りしたメールのリンクを開いてください。",
    "error": "サーバー側で問題が発生しました。しばらくしてから、もう一度お試しください。",
    "idempotency_key_reused": "サーバーが送信内容を読み取れませんでした。もう一度お試しください。",
    "incorrect_credentials": "メールアドレスまたはパスワードが正しくありません。",
    "insufficient_user_authentication": "ご本人であることを確認してから、もう一度お試しください。",
    "invalid": "入力内容に誤りがあります。確認して、もう一度お試しください。",
    "invalid_code": "コードが正しくありません。アプリに今表示されているコードを入力してください。",
    "invalid_dpop_proof": "サーバーがこのデバイスを確認できませんでした。もう一度お試しになるか、いったんログアウトしてログインし直してください。",
    "invalid_idempotency_key": "サーバーが送信内容を読み取れませんでした。もう一度お試しください。",
    "invalid_password": "パスワードが正しくありません。",
    "invalid_recovery_code": "このリカバリーコードは正しくないか、すでに使われています。",
    "method_not_allowed": "サーバーはこの操作に対応していません。",
    "mfa_disabled": "このサーバーでは 2 段階ログインが無効になっています。",
    "mfa_locked": "間違ったコードが多すぎます。しばらく待ってからもう一度お試しください。",
    "mfa_required": "お使いのアカウントでは 2 段階ログインが必須です。無効にはできません。",
    "network_error": "サーバーに接続できませんでした。入力内容は失われていません。しばらくしてから、もう一度お試しください。",
    "no_active_account": "このアカウントは無効になっています。",
    "no_second_factor": "2 つ目の要素がまだありません。先に設定してください。",
    "not_authenticated": "ログアウトしています。ログインして、もう一度お試しください。",
    "not_found": "お探しのものは、すでに存在しません。",
    "other_link": "このフォームは別のリンクのものです。最新のメールのリンクをもう一度開いてください。",
    "parse_error": "サーバーが送信内容を読み取れませんでした。もう一度お試しください。",
    "passkey_refused": "このパスキーを確認できませんでした。もう一度お試しください。",
    "passkeys_disabled": "このサーバーではパスキーが無効になっています。",
    "permission_denied": "この操作を行う権限がありません。",
    "recovery_codes_locked": "お使いのアカウントではリカバリーコードがロックされています。パスキーまたは認証アプリを使ってください。",
    "request_too_large": "サーバーが受け付けられるサイズを超えています。送信する量を減らしてください。",
    "session_expired": "セッションの有効期限が切れました。ログインして、もう一度お試しください。",
    "setup_not_initiated": "この手順に時間がかかりすぎました。設定を最初からやり直してください。",
    "storage_unavailable": "現在、このデバイスにセッションを保存できません。他のページを閉じて、もう一度お試しください。",
    "throttled": "試行回数が多すぎます。しばらく待ってから、もう一度お試しください。",
    "timeout": "サーバーから時間内に応答がありませんでした。入力内容は失われていません。しばらくしてから、もう一度お試しください。",
    "token_not_valid": "セッションが終了しました。ログインして、もう一度お試しください。",
    "too_many_passkeys": "パスキーが多すぎます。先に 1 つ削除してください。",
    "totp_already_active": "認証アプリはすでに設定されています。",
    "totp_locked": "お使いのアカウントではコードがロックされています。パスキーまたはリカバリーコードを使ってください。",
    "totp_not_active": "2 段階ログインは有効になっていません。",
    "unavailable": "現在、サーバーが混み合っています。入力内容は失われていません。しばらくしてから、もう一度お試しください。",
    "unexpected_answer": "サーバー以外から応答がありました。接続を確認して、もう一度お試しください。",
    "unknown_passkey": "このパスキーはここでは登録されていません。別のものを使ってください。",
    "unsupported_media_type": "サーバーはこの種類のデータを読み取れません。",
    "use_dpop_nonce": "サーバーがこのデバイスを確認できませんでした。もう一度お試しになるか、いったんログアウトしてログインし直してください。",
    "user_inactive": "このアカウントは無効になっています。",
    "user_not_found": "このアカウントはすでに存在しません。"
  },
  "denials": {
    "lastSuperuser": "有効なスーパーユーザーはこのアカウントだけです。先に別のスーパーユーザーを設定してください。",
    "ownAccount": "自分のアカウントに対してこの操作は行えません。"
  },
  "fields": {
    "blank": "この項目を入力してください。",
    "controlCharacters": "表示できない文字が含まれています。",
    "deactivatedAccount": "このアカウントは無効になっています。",
    "newPasswordsDiffer": "2 つのパスワードが一致しません。",
    "noInvitation": "このサーバーはメールを送信しないため、招待できません。パスワードを設定してください。",
    "noMail": "このサーバーはメールを送信しません。",
    "notABoolean": "「はい」または「いいえ」を選択してください。",
    "notACursor": "一覧が変更されました。最初から表示してください。",
    "notALanding": "このアドレスはサーバーで許可されていません。",
    "notALanguage": "この言語は利用できません。別の言語を選択してください。",
    "notAString": "読み取れるテキストを入力してください。",
    "notATime": "日付と時刻を入力してください。",
    "notAnAddress": "有効なメールアドレスを入力してください。",
    "notAnInteger": "整数を入力してください。",
    "notOneProof": "本人確認の方法を 1 つだけ選んでください。",
    "null": "この項目を入力してください。",
    "nullCharacters": "保存できない文字が含まれています。",
    "passwordNumeric": "パスワードが数字だけです。文字を加えてください。",
    "passwordTooCommon": "このパスワードはよく使われているため、使用できません。",
    "passwordTooShort": "パスワードが短すぎます。8 文字以上にしてください。",
    "passwordsDiffer": "2 つのパスワードが一致しません。",
    "required": "この項目を入力してください。",
    "similarToEmailAddress": "パスワードがメールアドレスに似すぎています。",
    "similarToFirstName": "パスワードが名に似すぎています。",
    "similarToLastName": "パスワードが姓に似すぎています。",
    "takenAddress": "このメールアドレスのアカウントはすでに存在します。",
    "tooLarge": {
      "other": "{count} 以下の値を入力してください。"
    },
    "tooLong": {
      "other": "{count} 文字以内で入力してください。"
    },
    "tooShort": {
      "other": "{count} 文字以上で入力してください。"
    },
    "tooSmall": {
      "other": "{count} 以上の値を入力してください。"
    },
    "unprintableCharacters": "表示できない文字が含まれています。",
    "useSecondFactor": "代わりに 2 つ目の認証方法を使ってください。",
    "wrongOldPassword": "現在のパスワードと一致しません。",
    "wrongPassword": "パスワードが正しくありません。"
  },
  "signedOut": {
    "account_gone": "このアカウントは削除されたか、無効になっています。",
    "expired": "セッションの有効期限が切れました。続けるにはログインしてください。",
    "key_lost": "セッションの鍵がこのデバイスにありません。続けるにはログインしてください。",
    "session_ended": "セッションが終了しました。続けるにはログインしてください。",
    "signed_out": "ログアウトしました。"
  },
  "waits": {
    "hours": {
      "other": "{count} 時間"
    },
    "minutes": {
      "other": "{count} 分"
    },
    "seconds": {
      "other": "{count} 秒"
    }
  },
  "withWait": {
    "throttled": "試行回数が多すぎます。{wait}後にもう一度お試しください。",
    "unavailable": "現在、サーバーが混み合っています。入力内容は失われていません。{wait}後にもう一度お試しください。"
  },
  "deadLink": "このリンクは使えなくなりました。新しいリンクをリクエストしてください。",
  "offline": "オフラインです。入力内容は失われていません。オンラインに戻ったら、もう一度お試しください。",
  "unknown": "問題が発生しました。もう一度お試しください。"
}
