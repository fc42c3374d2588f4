// Made from languages/ by `npm run generate`; a change by hand is lost.

/** The sentences of the language tr. */
export const messages = {
  "codes": {
    "bad_authorization_header": "Oturumunuz okunamadı. Oturum açıp tekrar deneyin.",
    "callback_url_not_allowed": "Sunucu bu adrese izin vermiyor.",
    "challenge_exhausted": "Çok fazla yanlış yanıt. Yeniden giriş yapın.",
    "challenge_invalid": "Bu adım çok uzun sürdü. Yeniden giriş yapın.",
    "client_id_mismatch": "Bu giriş başka bir uygulama için yapılmış. Tekrar deneyin.",
    "csrf_failed": "Bu sayfa, sunucunun tanımadığı bir adresten açıldı. Sayfayı her zamanki adresinden açın.",
    "disconnect_not_allowed": "Bu sizin tek giriş yönteminiz. Önce bir şifre belirleyin veya bir geçiş anahtarı ekleyin.",
    "dpop_required": "Bu sunucu daha yeni bir uygulama veya tarayıcı gerektiriyor. Güncelleyip tekrar deneyin.",
    "email_already_registered": "Bu e-posta adresiyle açılmış bir hesap zaten var. O hesapla oturum açın ve sağlayıcıyı profilinizde bağlayın.",
    "email_not_verified": "E-posta adresiniz henüz onaylanmadı. Size gönderdiğimiz e-postadaki bağlantıyı açın.",
    "error": "Bizden kaynaklanan bir sorun oluştu. Birazdan tekrar deneyin.",
    "flow_not_supported": "Bu giriş yöntemi bu sağlayıcıyla çalışmıyor.",
    "idempotency_key_reused": "Sunucu gönderilenleri okuyamadı. Tekrar deneyin.",
    "incorrect_credentials": "E-posta adresi veya şifre yanlış.",
    "insufficient_user_authentication": "Siz olduğunuzu doğrulayıp tekrar deneyin.",
    "invalid": "Girdiğiniz bilgilerin bazıları doğru değil. Kontrol edip tekrar deneyin.",
    "invalid_code": "Bu kod doğru değil. Uygulamanızın şu anda gösterdiği kodu girin.",
    "invalid_dpop_proof": "Sunucu bu cihazı doğrulayamadı. Tekrar deneyin veya oturumu kapatıp yeniden açın.",
    "invalid_idempotency_key": "Sunucu gönderilenleri okuyamadı. Tekrar deneyin.",
    "invalid_password": "Bu sizin şifreniz değil.",
    "invalid_recovery_code": "Bu kurtarma kodu doğru değil ya da daha önce kullanıldı.",
    "invalid_social_token": "Sağlayıcı bu girişi kabul etmedi. Tekrar deneyin.",
    "local_account_unverified": "Bu e-posta adresiyle açılmış bir hesap zaten var. Şifrenizle oturum açıp sağlayıcıyı orada bağlayın veya önce e-postayla yeni bir şifre belirleyin.",
    "method_not_allowed": "Sunucu bu işlemi yapamaz.",
    "mfa_disabled": "İki adımlı giriş bu sunucuda kapalı.",
    "mfa_locked": "Çok fazla yanlış kod. Biraz bekleyip yeniden deneyin.",
    "mfa_required": "Hesabınız için iki adımlı giriş zorunlu. Kapatılamaz.",
    "network_error": "Sunucuya ulaşılamadı. Hiçbir şey kaybolmadı: Birazdan tekrar deneyin.",
    "no_active_account": "Bu hesap devre dışı bırakıldı.",
    "no_second_factor": "Henüz ikinci bir faktörünüz yok. Önce bir tane kurun.",
    "no_usable_password": "Hesabınızın şifresi yok. Önce unutulan şifreler için olan seçenekle e-posta üzerinden bir şifre belirleyin.",
    "not_authenticated": "Oturumunuz kapalı. Oturum açıp tekrar deneyin.",
    "not_found": "Aradığınız şey artık burada değil.",
    "other_link": "Bu form başka bir bağlantı için hazırlandı. En yeni e-postadaki bağlantıyı yeniden açın.",
    "parse_error": "Sunucu gönderilenleri okuyamadı. Tekrar deneyin.",
    "passkey_refused": "Bu geçiş anahtarı doğrulanamadı. Yeniden deneyin.",
    "passkeys_disabled": "Geçiş anahtarları bu sunucuda kapalı.",
    "permission_denied": "Bu işlem için yetkiniz yok.",
    "provider_email_unverified": "Sağlayıcı e-posta adresinizi onaylamıyor. Başka bir yolla oturum açın veya bir şifreyle kaydolun. Ardından sağlayıcıyı profilinizde bağlayın.",
    "provider_not_configured": "Bu sunucu bu giriş yöntemini sunmuyor.",
    "provider_unavailable": "Sağlayıcıya şu anda ulaşılamıyor. Birazdan tekrar deneyin.",
    "recovery_codes_locked": "Hesabınız için kurtarma kodları kilitlendi. Bir geçiş anahtarı veya kimlik doğrulama uygulaması kullanın.",
    "request_too_large": "Bu, sunucunun kabul ettiğinden fazla. Daha az veri gönderin.",
    "session_expired": "Oturumunuzun süresi doldu. Oturum açıp tekrar deneyin.",
    "setup_not_initiated": "Bu adım çok uzun sürdü. Kuruluma yeniden başlayın.",
    "social_account_in_use": "Sağlayıcıdaki hesabınız burada zaten başka bir hesaba bağlı.",
    "storage_unavailable": "Bu cihaz şu anda oturumunuzu saklayamıyor. Diğer sayfaları kapatıp tekrar deneyin.",
    "throttled": "Çok fazla deneme yapıldı. Biraz bekleyip tekrar deneyin.",
    "timeout": "Sunucu zamanında yanıt vermedi. Hiçbir şey kaybolmadı: Birazdan tekrar deneyin.",
    "token_not_valid": "Oturumunuz sona erdi. Oturum açıp tekrar deneyin.",
    "token_required": "Sunucu gönderilenleri okuyamadı. Tekrar deneyin.",
    "too_many_connections": "Çok fazla bağlı hesabınız var. Önce birinin bağlantısını kaldırın.",
    "too_many_passkeys": "Çok fazla geçiş anahtarınız var. Önce birini kaldırın.",
    "totp_already_active": "Bir kimlik doğrulama uygulaması zaten kurulu.",
    "totp_locked": "Hesabınız için kodlar kilitlendi. Bir geçiş anahtarı veya kurtarma kodu kullanın.",
    "totp_not_active": "İki adımlı giriş açık değil.",
    "unavailable": "Sunucu şu anda yoğun. Hiçbir şey kaybolmadı: Birazdan tekrar deneyin.",
    "unexpected_answer": "Yanıt sunucudan gelmedi. Bağlantınızı kontrol edip tekrar deneyin.",
    "unknown_passkey": "Bu geçiş anahtarı burada bilinmiyor. Başka birini kullanın.",
    "unsupported_media_type": "Sunucu bu türdeki verileri okuyamaz.",
    "use_dpop_nonce": "Sunucu bu cihazı doğrulayamadı. Tekrar deneyin veya oturumu kapatıp yeniden açın.",
    "user_inactive": "Bu hesap devre dışı bırakıldı.",
    "user_not_found": "Bu hesap artık yok."
  },
  "denials": {
    "lastSuperuser": "Bu, son etkin süper kullanıcı. Önce başka birini süper kullanıcı yapın.",
    "ownAccount": "Bu işlemi kendi hesabınızda yapamazsınız."
  },
  "fields": {
    "blank": "Bu alanı doldurun.",
    "controlCharacters": "Bu metinde görüntülenemeyen karakterler var.",
    "deactivatedAccount": "Bu hesap devre dışı.",
    "newPasswordsDiffer": "İki şifre aynı değil.",
    "noInvitation": "Bu sunucu e-posta göndermediği için kimse davet edilemez. Bir şifre seçin.",
    "noMail": "Bu sunucu e-posta göndermez.",
    "notABoolean": "Evet veya hayır seçeneğini belirleyin.",
    "notAChallenge": "Okunabilir bir metin girin.",
    "notACursor": "Bu liste değişti. Baştan başlayın.",
    "notALanding": "Sunucu bu adrese izin vermiyor.",
    "notALanguage": "Bu dil kullanılamıyor. Başka bir dil seçin.",
    "notAPrompt": "Okunabilir bir metin girin.",
    "notAReturn": "Sunucu bu adrese izin vermiyor.",
    "notAString": "Okunabilir bir metin girin.",
    "notATime": "Bir tarih ve saat girin.",
    "notAnAddress": "Geçerli bir e-posta adresi girin.",
    "notAnInteger": "Bir tam sayı girin.",
    "notOneProof": "Kimliğinizi yalnızca tek bir yolla doğrulayın.",
    "null": "Bu alanı doldurun.",
    "nullCharacters": "Bu metinde saklanamayan karakterler var.",
    "passwordNumeric": "Bu şifre yalnızca rakamlardan oluşuyor. Harf ekleyin.",
    "passwordTooCommon": "Bu şifre çok yaygın.",
    "passwordTooShort": "Bu şifre çok kısa. En az 8 karakter kullanın.",
    "passwordsDiffer": "İki şifre aynı değil.",
    "required": "Bu alanı doldurun.",
    "similarToEmailAddress": "Bu şifre e-posta adresine çok benziyor.",
    "similarToFirstName": "Bu şifre ada çok benziyor.",
    "similarToLastName": "Bu şifre soyadına çok benziyor.",
    "takenAddress": "Bu e-posta adresiyle açılmış bir hesap zaten var.",
    "tooLarge": {
      "other": "{count} veya daha küçük bir sayı girin."
    },
    "tooLong": {
      "one": "En fazla {count} karakter girin.",
      "other": "En fazla {count} karakter girin."
    },
    "tooShort": {
      "one": "En az {count} karakter girin.",
      "other": "En az {count} karakter girin."
    },
    "tooSmall": {
      "other": "{count} veya daha büyük bir sayı girin."
    },
    "unprintableCharacters": "Bu metinde görüntülenemeyen karakterler var.",
    "useSecondFactor": "Bunun yerine ikinci faktörünüzü kullanın.",
    "wrongOldPassword": "Bu, mevcut şifreniz değil.",
    "wrongPassword": "Bu, şifreniz değil."
  },
  "signedOut": {
    "account_gone": "Bu hesap silindi veya devre dışı bırakıldı.",
    "expired": "Oturumunuzun süresi doldu. Devam etmek için oturum açın.",
    "key_lost": "Oturumunuzun anahtarı artık bu cihazda değil. Devam etmek için oturum açın.",
    "session_ended": "Oturumunuz sona erdi. Devam etmek için oturum açın.",
    "signed_out": "Oturumunuz kapatıldı."
  },
  "waits": {
    "hours": {
      "one": "{count} saat",
      "other": "{count} saat"
    },
    "minutes": {
      "one": "{count} dakika",
      "other": "{count} dakika"
    },
    "seconds": {
      "one": "{count} saniye",
      "other": "{count} saniye"
    }
  },
  "withWait": {
    "throttled": "Çok fazla deneme yapıldı. {wait} sonra tekrar deneyin.",
    "unavailable": "Sunucu şu anda yoğun. Hiçbir şey kaybolmadı: {wait} sonra tekrar deneyin."
  },
  "deadLink": "Bu bağlantı artık çalışmıyor. Yeni bir bağlantı isteyin.",
  "offline": "Çevrimdışısınız. Hiçbir şey kaybolmadı: Yeniden çevrimiçi olduğunuzda tekrar deneyin.",
  "unknown": "Bir sorun oluştu. Tekrar deneyin."
}
