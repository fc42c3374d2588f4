// Made from languages/ by `npm run generate`; a change by hand is lost.

/** The sentences of the language nl. */
export const messages = {
  "codes": {
    "bad_authorization_header": "Uw sessie kon niet worden gelezen. Log in en probeer het opnieuw.",
    "callback_url_not_allowed": "De server staat dit adres niet toe.",
    "challenge_exhausted": "Te veel verkeerde antwoorden. Log opnieuw in.",
    "challenge_invalid": "Deze stap duurde te lang. Log opnieuw in.",
    "client_id_mismatch": "Deze aanmelding was voor een andere app bedoeld. Probeer het opnieuw.",
    "csrf_failed": "Deze pagina is geopend op een adres dat de server niet kent. Open de pagina op het gebruikelijke adres.",
    "disconnect_not_allowed": "Dit is uw enige manier om in te loggen. Stel eerst een wachtwoord in of voeg een passkey toe.",
    "dpop_required": "Deze server heeft een nieuwere app of browser nodig. Werk die bij en probeer het opnieuw.",
    "email_already_registered": "Er is al een account met dit e-mailadres. Log in op dat account en koppel de aanbieder in uw profiel.",
    "email_not_verified": "Uw e-mailadres is nog niet bevestigd. Open de link in de e-mail die we u hebben gestuurd.",
    "error": "Er is bij ons iets misgegaan. Probeer het zo opnieuw.",
    "flow_not_supported": "Deze manier van inloggen werkt niet met deze aanbieder.",
    "idempotency_key_reused": "De server kon niet lezen wat er is verzonden. Probeer het opnieuw.",
    "incorrect_credentials": "Het e-mailadres of het wachtwoord klopt niet.",
    "insufficient_user_authentication": "Bevestig dat u het bent en probeer het opnieuw.",
    "invalid": "Een deel van wat u hebt ingevoerd, klopt niet. Controleer het en probeer het opnieuw.",
    "invalid_code": "Deze code is niet juist. Voer de code in die uw app nu toont.",
    "invalid_dpop_proof": "De server kon dit apparaat niet controleren. Probeer het opnieuw, of log uit en weer in.",
    "invalid_idempotency_key": "De server kon niet lezen wat er is verzonden. Probeer het opnieuw.",
    "invalid_password": "Dit is niet uw wachtwoord.",
    "invalid_recovery_code": "Deze herstelcode is niet juist, of is al gebruikt.",
    "invalid_social_token": "De aanbieder heeft deze aanmelding niet geaccepteerd. Probeer het opnieuw.",
    "local_account_unverified": "Er is al een account met dit e-mailadres. Log in met uw wachtwoord en koppel de aanbieder daar, of stel eerst per e-mail een nieuw wachtwoord in.",
    "method_not_allowed": "De server kan dit niet doen.",
    "mfa_disabled": "Inloggen in twee stappen staat uit op deze server.",
    "mfa_locked": "Te veel verkeerde codes. Wacht even en probeer het opnieuw.",
    "mfa_required": "Inloggen in twee stappen is verplicht voor uw account. Het kan niet worden uitgezet.",
    "network_error": "De server was niet bereikbaar. Er is niets verloren gegaan: probeer het zo opnieuw.",
    "no_active_account": "Dit account is gedeactiveerd.",
    "no_second_factor": "U hebt nog geen tweede factor. Stel er eerst een in.",
    "no_usable_password": "Uw account heeft geen wachtwoord. Stel er eerst per e-mail een in via de optie voor een vergeten wachtwoord.",
    "not_authenticated": "U bent uitgelogd. Log in en probeer het opnieuw.",
    "not_found": "Wat u zoekt, is er niet meer.",
    "other_link": "Dit formulier hoort bij een andere link. Open de link in de nieuwste e-mail opnieuw.",
    "parse_error": "De server kon niet lezen wat er is verzonden. Probeer het opnieuw.",
    "passkey_refused": "Deze passkey kon niet worden gecontroleerd. Probeer het opnieuw.",
    "passkeys_disabled": "Passkeys staan uit op deze server.",
    "permission_denied": "U mag dit niet doen.",
    "provider_email_unverified": "De aanbieder bevestigt uw e-mailadres niet. Log op een andere manier in of registreer u met een wachtwoord. Koppel daarna de aanbieder in uw profiel.",
    "provider_not_configured": "Deze server biedt deze manier van inloggen niet aan.",
    "provider_unavailable": "De aanbieder is nu niet bereikbaar. Probeer het zo opnieuw.",
    "recovery_codes_locked": "Herstelcodes zijn geblokkeerd voor uw account. Gebruik een passkey of een authenticator-app.",
    "request_too_large": "Dit is meer dan de server accepteert. Verzend minder.",
    "session_expired": "Uw sessie is verlopen. Log in en probeer het opnieuw.",
    "setup_not_initiated": "Deze stap duurde te lang. Begin opnieuw met instellen.",
    "social_account_in_use": "Uw account bij de aanbieder is hier al aan een ander account gekoppeld.",
    "storage_unavailable": "Dit apparaat kan uw sessie nu niet bewaren. Sluit andere pagina’s en probeer het opnieuw.",
    "throttled": "Te veel pogingen. Wacht even en probeer het opnieuw.",
    "timeout": "De server heeft niet op tijd geantwoord. Er is niets verloren gegaan: probeer het zo opnieuw.",
    "token_not_valid": "Uw sessie is beëindigd. Log in en probeer het opnieuw.",
    "token_required": "De server kon niet lezen wat er is verzonden. Probeer het opnieuw.",
    "too_many_connections": "U hebt te veel gekoppelde accounts. Koppel er eerst een los.",
    "too_many_passkeys": "U hebt te veel passkeys. Verwijder er eerst een.",
    "totp_already_active": "Er is al een authenticator-app ingesteld.",
    "totp_locked": "Codes zijn geblokkeerd voor uw account. Gebruik een passkey of een herstelcode.",
    "totp_not_active": "Inloggen in twee stappen staat niet aan.",
    "unavailable": "De server is nu bezet. Er is niets verloren gegaan: probeer het zo opnieuw.",
    "unexpected_answer": "Het antwoord kwam niet van de server. Controleer uw verbinding en probeer het opnieuw.",
    "unknown_passkey": "Deze passkey is hier niet bekend. Gebruik een andere.",
    "unsupported_media_type": "De server kan dit soort gegevens niet lezen.",
    "use_dpop_nonce": "De server kon dit apparaat niet controleren. Probeer het opnieuw, of log uit en weer in.",
    "user_inactive": "Dit account is gedeactiveerd.",
    "user_not_found": "Dit account bestaat niet meer."
  },
  "denials": {
    "lastSuperuser": "Dit is de laatste actieve superbeheerder. Wijs eerst een andere aan.",
    "ownAccount": "U kunt dit niet met uw eigen account doen."
  },
  "fields": {
    "blank": "Vul dit veld in.",
    "controlCharacters": "Deze tekst bevat tekens die niet kunnen worden weergegeven.",
    "deactivatedAccount": "Dit account is gedeactiveerd.",
    "newPasswordsDiffer": "De twee wachtwoorden zijn niet hetzelfde.",
    "noInvitation": "Deze server verstuurt geen e-mail, dus niemand kan worden uitgenodigd. Kies een wachtwoord.",
    "noMail": "Deze server verstuurt geen e-mail.",
    "notABoolean": "Kies ja of nee.",
    "notAChallenge": "Voer leesbare tekst in.",
    "notACursor": "Deze lijst is gewijzigd. Begin opnieuw bij het begin.",
    "notALanding": "De server staat dit adres niet toe.",
    "notALanguage": "Deze taal is niet beschikbaar. Kies een andere.",
    "notAPrompt": "Voer leesbare tekst in.",
    "notAReturn": "De server staat dit adres niet toe.",
    "notAString": "Voer leesbare tekst in.",
    "notATime": "Voer een datum en een tijd in.",
    "notAnAddress": "Voer een geldig e-mailadres in.",
    "notAnInteger": "Voer een geheel getal in.",
    "notOneProof": "Bevestig op precies één manier dat u het bent.",
    "null": "Vul dit veld in.",
    "nullCharacters": "Deze tekst bevat tekens die niet kunnen worden opgeslagen.",
    "passwordNumeric": "Dit wachtwoord bestaat alleen uit cijfers. Voeg letters toe.",
    "passwordTooCommon": "Dit wachtwoord komt te vaak voor.",
    "passwordTooShort": "Dit wachtwoord is te kort. Gebruik minstens 8 tekens.",
    "passwordsDiffer": "De twee wachtwoorden zijn niet hetzelfde.",
    "required": "Vul dit veld in.",
    "similarToEmailAddress": "Dit wachtwoord lijkt te veel op het e-mailadres.",
    "similarToFirstName": "Dit wachtwoord lijkt te veel op de voornaam.",
    "similarToLastName": "Dit wachtwoord lijkt te veel op de achternaam.",
    "takenAddress": "Er is al een account met dit e-mailadres.",
    "tooLarge": {
      "other": "Voer {count} of minder in."
    },
    "tooLong": {
      "one": "Voer maximaal {count} teken in.",
      "other": "Voer maximaal {count} tekens in."
    },
    "tooShort": {
      "one": "Voer minimaal {count} teken in.",
      "other": "Voer minimaal {count} tekens in."
    },
    "tooSmall": {
      "other": "Voer {count} of meer in."
    },
    "unprintableCharacters": "Deze tekst bevat tekens die niet kunnen worden weergegeven.",
    "useSecondFactor": "Gebruik in plaats daarvan uw tweede factor.",
    "wrongOldPassword": "Dit is niet uw huidige wachtwoord.",
    "wrongPassword": "Dit is niet uw wachtwoord."
  },
  "signedOut": {
    "account_gone": "Dit account is verwijderd of gedeactiveerd.",
    "expired": "Uw sessie is verlopen. Log in om verder te gaan.",
    "key_lost": "De sleutel van uw sessie staat niet meer op dit apparaat. Log in om verder te gaan.",
    "session_ended": "Uw sessie is beëindigd. Log in om verder te gaan.",
    "signed_out": "U bent uitgelogd."
  },
  "waits": {
    "hours": {
      "one": "{count} uur",
      "other": "{count} uur"
    },
    "minutes": {
      "one": "{count} minuut",
      "other": "{count} minuten"
    },
    "seconds": {
      "one": "{count} seconde",
      "other": "{count} seconden"
    }
  },
  "withWait": {
    "throttled": "Te veel pogingen. Probeer het over {wait} opnieuw.",
    "unavailable": "De server is nu bezet. Er is niets verloren gegaan: probeer het over {wait} opnieuw."
  },
  "deadLink": "Deze link werkt niet meer. Vraag een nieuwe aan.",
  "offline": "U bent offline. Er is niets verloren gegaan: probeer het opnieuw als u weer online bent.",
  "unknown": "Er is hier iets misgegaan. Probeer het opnieuw."
}
