// Made from languages/ by `npm run generate`; a change by hand is lost.

/** The sentences of the language de. */
export const messages = {
  "codes": {
    "bad_authorization_header": "Ihre Sitzung konnte nicht gelesen werden. Melden Sie sich an und versuchen Sie es erneut.",
    "callback_url_not_allowed": "Der Server lässt diese Adresse nicht zu.",
    "challenge_exhausted": "Zu viele falsche Antworten. Melden Sie sich erneut an.",
    "challenge_invalid": "Dieser Schritt hat zu lange gedauert. Melden Sie sich erneut an.",
    "client_id_mismatch": "Diese Anmeldung war für eine andere App bestimmt. Versuchen Sie es erneut.",
    "csrf_failed": "Diese Seite wurde unter einer Adresse geöffnet, die der Server nicht kennt. Öffnen Sie sie unter ihrer üblichen Adresse.",
    "disconnect_not_allowed": "Sie können sich nur auf diesem Weg anmelden. Legen Sie zuerst ein Passwort fest oder fügen Sie einen Passkey hinzu.",
    "dpop_required": "Dieser Server braucht eine neuere App oder einen neueren Browser. Aktualisieren Sie und versuchen Sie es erneut.",
    "email_already_registered": "Zu dieser E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich dort an und verbinden Sie den Anbieter in Ihrem Profil.",
    "email_not_verified": "Ihre E-Mail-Adresse ist noch nicht bestätigt. Öffnen Sie den Link in der E-Mail, die wir Ihnen geschickt haben.",
    "error": "Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.",
    "flow_not_supported": "Diese Art der Anmeldung funktioniert mit diesem Anbieter nicht.",
    "idempotency_key_reused": "Der Server konnte die Anfrage nicht lesen. Versuchen Sie es erneut.",
    "incorrect_credentials": "Die E-Mail-Adresse oder das Passwort stimmt nicht.",
    "insufficient_user_authentication": "Bestätigen Sie, dass Sie es sind, und versuchen Sie es erneut.",
    "invalid": "Einige Ihrer Angaben stimmen nicht. Prüfen Sie sie und versuchen Sie es erneut.",
    "invalid_code": "Dieser Code ist nicht richtig. Geben Sie den Code ein, den Ihre App jetzt anzeigt.",
    "invalid_dpop_proof": "Der Server konnte dieses Gerät nicht prüfen. Versuchen Sie es erneut, oder melden Sie sich ab und wieder an.",
    "invalid_idempotency_key": "Der Server konnte die Anfrage nicht lesen. Versuchen Sie es erneut.",
    "invalid_password": "Das ist nicht Ihr Passwort.",
    "invalid_recovery_code": "Dieser Wiederherstellungscode ist nicht richtig oder wurde schon verwendet.",
    "invalid_social_token": "Der Anbieter hat diese Anmeldung nicht akzeptiert. Versuchen Sie es erneut.",
    "local_account_unverified": "Zu dieser E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich mit Ihrem Passwort an und verbinden Sie den Anbieter dort, oder legen Sie zuerst per E-Mail ein neues Passwort fest.",
    "method_not_allowed": "Das kann der Server nicht.",
    "mfa_disabled": "Die Anmeldung in zwei Schritten ist auf diesem Server ausgeschaltet.",
    "mfa_locked": "Zu viele falsche Codes. Warten Sie ein wenig und versuchen Sie es erneut.",
    "mfa_required": "Die Anmeldung in zwei Schritten ist für Ihr Konto vorgeschrieben. Sie lässt sich nicht ausschalten.",
    "network_error": "Der Server ist nicht erreichbar. Es ist nichts verloren: Versuchen Sie es gleich noch einmal.",
    "no_active_account": "Dieses Konto wurde deaktiviert.",
    "no_second_factor": "Sie haben noch keinen zweiten Faktor. Richten Sie zuerst einen ein.",
    "no_usable_password": "Ihr Konto hat kein Passwort. Legen Sie zuerst per E-Mail eines fest: Verwenden Sie „Passwort vergessen?“.",
    "not_authenticated": "Sie sind abgemeldet. Melden Sie sich an und versuchen Sie es erneut.",
    "not_found": "Was Sie suchen, gibt es nicht mehr.",
    "other_link": "Dieses Formular gehört zu einem anderen Link. Öffnen Sie noch einmal den Link in der neuesten E-Mail.",
    "parse_error": "Der Server konnte die Anfrage nicht lesen. Versuchen Sie es erneut.",
    "passkey_refused": "Dieser Passkey konnte nicht überprüft werden. Versuchen Sie es erneut.",
    "passkeys_disabled": "Passkeys sind auf diesem Server ausgeschaltet.",
    "permission_denied": "Dazu haben Sie keine Berechtigung.",
    "provider_email_unverified": "Der Anbieter bestätigt Ihre E-Mail-Adresse nicht. Melden Sie sich auf andere Weise an oder registrieren Sie sich mit einem Passwort. Verbinden Sie dann den Anbieter in Ihrem Profil.",
    "provider_not_configured": "Dieser Server bietet diese Anmeldung nicht an.",
    "provider_unavailable": "Der Anbieter ist gerade nicht erreichbar. Versuchen Sie es gleich noch einmal.",
    "recovery_codes_locked": "Wiederherstellungscodes sind für Ihr Konto gesperrt. Verwenden Sie einen Passkey oder eine Authentifizierungs-App.",
    "request_too_large": "Das ist mehr, als der Server annimmt. Senden Sie weniger.",
    "session_expired": "Ihre Sitzung ist abgelaufen. Melden Sie sich an und versuchen Sie es erneut.",
    "setup_not_initiated": "Dieser Schritt hat zu lange gedauert. Beginnen Sie die Einrichtung von vorn.",
    "social_account_in_use": "Ihr Konto bei dem Anbieter ist hier schon mit einem anderen Konto verbunden.",
    "storage_unavailable": "Dieses Gerät kann Ihre Sitzung gerade nicht speichern. Schließen Sie andere Seiten und versuchen Sie es erneut.",
    "throttled": "Zu viele Versuche. Warten Sie ein wenig und versuchen Sie es erneut.",
    "timeout": "Der Server hat nicht rechtzeitig geantwortet. Es ist nichts verloren: Versuchen Sie es gleich noch einmal.",
    "token_not_valid": "Ihre Sitzung ist beendet. Melden Sie sich an und versuchen Sie es erneut.",
    "token_required": "Der Server konnte die Anfrage nicht lesen. Versuchen Sie es erneut.",
    "too_many_connections": "Sie haben zu viele verbundene Konten. Trennen Sie zuerst eines.",
    "too_many_passkeys": "Sie haben zu viele Passkeys. Entfernen Sie zuerst einen.",
    "totp_already_active": "Eine Authentifizierungs-App ist bereits eingerichtet.",
    "totp_locked": "Codes sind für Ihr Konto gesperrt. Verwenden Sie einen Passkey oder einen Wiederherstellungscode.",
    "totp_not_active": "Die Anmeldung in zwei Schritten ist nicht eingeschaltet.",
    "unavailable": "Der Server ist gerade ausgelastet. Es ist nichts verloren: Versuchen Sie es gleich noch einmal.",
    "unexpected_answer": "Statt des Servers hat etwas anderes geantwortet. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.",
    "unknown_passkey": "Dieser Passkey ist hier nicht bekannt. Verwenden Sie einen anderen.",
    "unsupported_media_type": "Daten dieser Art kann der Server nicht lesen.",
    "use_dpop_nonce": "Der Server konnte dieses Gerät nicht prüfen. Versuchen Sie es erneut, oder melden Sie sich ab und wieder an.",
    "user_inactive": "Dieses Konto wurde deaktiviert.",
    "user_not_found": "Dieses Konto gibt es nicht mehr."
  },
  "denials": {
    "lastSuperuser": "Dies ist der letzte aktive Superuser. Ernennen Sie zuerst einen anderen.",
    "ownAccount": "Mit Ihrem eigenen Konto geht das nicht."
  },
  "fields": {
    "blank": "Füllen Sie dieses Feld aus.",
    "controlCharacters": "Dieser Text enthält Zeichen, die sich nicht anzeigen lassen.",
    "deactivatedAccount": "Dieses Konto ist deaktiviert.",
    "newPasswordsDiffer": "Die beiden Passwörter stimmen nicht überein.",
    "noInvitation": "Dieser Server verschickt keine E-Mails und kann niemanden einladen. Wählen Sie ein Passwort.",
    "noMail": "Dieser Server verschickt keine E-Mails.",
    "notABoolean": "Wählen Sie Ja oder Nein.",
    "notAChallenge": "Geben Sie lesbaren Text ein.",
    "notACursor": "Diese Liste hat sich geändert. Beginnen Sie von vorn.",
    "notALanding": "Der Server lässt diese Adresse nicht zu.",
    "notALanguage": "Diese Sprache ist nicht verfügbar. Wählen Sie eine andere.",
    "notAPrompt": "Geben Sie lesbaren Text ein.",
    "notAReturn": "Der Server lässt diese Adresse nicht zu.",
    "notAString": "Geben Sie lesbaren Text ein.",
    "notATime": "Geben Sie ein Datum und eine Uhrzeit ein.",
    "notAnAddress": "Geben Sie eine gültige E-Mail-Adresse ein.",
    "notAnInteger": "Geben Sie eine ganze Zahl ein.",
    "notOneProof": "Bestätigen Sie auf genau eine Weise, dass Sie es sind.",
    "null": "Füllen Sie dieses Feld aus.",
    "nullCharacters": "Dieser Text enthält Zeichen, die sich nicht speichern lassen.",
    "passwordNumeric": "Dieses Passwort besteht nur aus Ziffern. Ergänzen Sie Buchstaben.",
    "passwordTooCommon": "Dieses Passwort ist zu gebräuchlich.",
    "passwordTooShort": "Dieses Passwort ist zu kurz. Verwenden Sie mindestens 8 Zeichen.",
    "passwordsDiffer": "Die beiden Passwörter stimmen nicht überein.",
    "required": "Füllen Sie dieses Feld aus.",
    "similarToEmailAddress": "Dieses Passwort ist der E-Mail-Adresse zu ähnlich.",
    "similarToFirstName": "Dieses Passwort ist dem Vornamen zu ähnlich.",
    "similarToLastName": "Dieses Passwort ist dem Nachnamen zu ähnlich.",
    "takenAddress": "Zu dieser E-Mail-Adresse gibt es schon ein Konto.",
    "tooLarge": {
      "other": "Geben Sie höchstens {count} ein."
    },
    "tooLong": {
      "one": "Geben Sie höchstens {count} Zeichen ein.",
      "other": "Geben Sie höchstens {count} Zeichen ein."
    },
    "tooShort": {
      "one": "Geben Sie mindestens {count} Zeichen ein.",
      "other": "Geben Sie mindestens {count} Zeichen ein."
    },
    "tooSmall": {
      "other": "Geben Sie mindestens {count} ein."
    },
    "unprintableCharacters": "Dieser Text enthält Zeichen, die sich nicht anzeigen lassen.",
    "useSecondFactor": "Verwenden Sie stattdessen Ihren zweiten Faktor.",
    "wrongOldPassword": "Das ist nicht Ihr aktuelles Passwort.",
    "wrongPassword": "Das ist nicht Ihr Passwort."
  },
  "signedOut": {
    "account_gone": "Dieses Konto wurde gelöscht oder deaktiviert.",
    "expired": "Ihre Sitzung ist abgelaufen. Melden Sie sich an, um fortzufahren.",
    "key_lost": "Der Schlüssel Ihrer Sitzung ist nicht mehr auf diesem Gerät. Melden Sie sich an, um fortzufahren.",
    "session_ended": "Ihre Sitzung ist beendet. Melden Sie sich an, um fortzufahren.",
    "signed_out": "Sie sind abgemeldet."
  },
  "waits": {
    "hours": {
      "one": "{count} Stunde",
      "other": "{count} Stunden"
    },
    "minutes": {
      "one": "{count} Minute",
      "other": "{count} Minuten"
    },
    "seconds": {
      "one": "{count} Sekunde",
      "other": "{count} Sekunden"
    }
  },
  "withWait": {
    "throttled": "Zu viele Versuche. Versuchen Sie es in {wait} erneut.",
    "unavailable": "Der Server ist gerade ausgelastet. Es ist nichts verloren: Versuchen Sie es in {wait} erneut."
  },
  "deadLink": "Dieser Link funktioniert nicht mehr. Fordern Sie einen neuen an.",
  "offline": "Sie sind offline. Es ist nichts verloren: Versuchen Sie es erneut, sobald Sie wieder online sind.",
  "unknown": "Hier ist etwas schiefgegangen. Versuchen Sie es erneut."
}
