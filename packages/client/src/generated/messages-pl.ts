// Made from languages/ by `npm run generate`; a change by hand is lost.

/** The sentences of the language pl. */
export const messages = {
  "codes": {
    "bad_authorization_header": "Nie udało się odczytać Twojej sesji. Zaloguj się i spróbuj ponownie.",
    "callback_url_not_allowed": "Serwer nie zezwala na ten adres.",
    "challenge_exhausted": "Zbyt wiele błędnych odpowiedzi. Zaloguj się ponownie.",
    "challenge_invalid": "Ten krok trwał zbyt długo. Zaloguj się ponownie.",
    "client_id_mismatch": "To logowanie było przeznaczone dla innej aplikacji. Spróbuj ponownie.",
    "csrf_failed": "Tę stronę otwarto pod adresem, którego serwer nie zna. Otwórz ją pod jej zwykłym adresem.",
    "disconnect_not_allowed": "To Twój jedyny sposób logowania. Najpierw ustaw hasło lub dodaj klucz dostępu.",
    "dpop_required": "Ten serwer wymaga nowszej aplikacji lub przeglądarki. Zaktualizuj ją i spróbuj ponownie.",
    "email_already_registered": "Istnieje już konto z tym adresem e-mail. Zaloguj się na nie i połącz dostawcę w swoim profilu.",
    "email_not_verified": "Twój adres e-mail nie jest jeszcze potwierdzony. Otwórz link z e-maila, który Ci wysłaliśmy.",
    "error": "Coś poszło nie tak po naszej stronie. Spróbuj ponownie za chwilę.",
    "flow_not_supported": "Ten sposób logowania nie działa z tym dostawcą.",
    "idempotency_key_reused": "Serwer nie mógł odczytać wysłanych danych. Spróbuj ponownie.",
    "incorrect_credentials": "Adres e-mail lub hasło są nieprawidłowe.",
    "insufficient_user_authentication": "Potwierdź, że to Ty, i spróbuj ponownie.",
    "invalid": "Niektóre wpisane dane są nieprawidłowe. Sprawdź je i spróbuj ponownie.",
    "invalid_code": "Ten kod jest niepoprawny. Wpisz kod, który aplikacja pokazuje teraz.",
    "invalid_dpop_proof": "Serwer nie mógł zweryfikować tego urządzenia. Spróbuj ponownie albo wyloguj się i zaloguj.",
    "invalid_idempotency_key": "Serwer nie mógł odczytać wysłanych danych. Spróbuj ponownie.",
    "invalid_password": "To nie jest Twoje hasło.",
    "invalid_recovery_code": "Ten kod odzyskiwania jest niepoprawny lub został już użyty.",
    "invalid_social_token": "Dostawca nie zaakceptował tego logowania. Spróbuj ponownie.",
    "local_account_unverified": "Istnieje już konto z tym adresem e-mail. Zaloguj się hasłem i połącz tam dostawcę albo najpierw ustaw nowe hasło przez e-mail.",
    "method_not_allowed": "Serwer nie może tego zrobić.",
    "mfa_disabled": "Logowanie dwuetapowe jest wyłączone na tym serwerze.",
    "mfa_locked": "Zbyt wiele błędnych kodów. Odczekaj chwilę i spróbuj ponownie.",
    "mfa_required": "Logowanie dwuetapowe jest wymagane dla Twojego konta. Nie można go wyłączyć.",
    "network_error": "Nie udało się połączyć z serwerem. Nic nie przepadło: spróbuj ponownie za chwilę.",
    "no_active_account": "To konto zostało dezaktywowane.",
    "no_second_factor": "Nie masz jeszcze drugiego składnika. Najpierw go skonfiguruj.",
    "no_usable_password": "Twoje konto nie ma hasła. Najpierw ustaw je przez e-mail, korzystając z opcji dla zapomnianego hasła.",
    "not_authenticated": "Nie ma aktywnej sesji. Zaloguj się i spróbuj ponownie.",
    "not_found": "Tego, czego szukasz, już tu nie ma.",
    "other_link": "Ten formularz dotyczył innego linku. Otwórz ponownie link z najnowszego e-maila.",
    "parse_error": "Serwer nie mógł odczytać wysłanych danych. Spróbuj ponownie.",
    "passkey_refused": "Nie udało się zweryfikować tego klucza dostępu. Spróbuj ponownie.",
    "passkeys_disabled": "Klucze dostępu są wyłączone na tym serwerze.",
    "permission_denied": "Nie masz do tego uprawnień.",
    "provider_email_unverified": "Dostawca nie potwierdza Twojego adresu e-mail. Zaloguj się w inny sposób lub zarejestruj się z hasłem. Następnie połącz dostawcę w swoim profilu.",
    "provider_not_configured": "Ten serwer nie oferuje tego sposobu logowania.",
    "provider_unavailable": "Dostawca jest teraz nieosiągalny. Spróbuj ponownie za chwilę.",
    "recovery_codes_locked": "Kody odzyskiwania są zablokowane dla Twojego konta. Użyj klucza dostępu lub aplikacji uwierzytelniającej.",
    "request_too_large": "To więcej, niż serwer przyjmuje. Wyślij mniej.",
    "session_expired": "Twoja sesja wygasła. Zaloguj się i spróbuj ponownie.",
    "setup_not_initiated": "Ten krok trwał zbyt długo. Zacznij konfigurację od nowa.",
    "social_account_in_use": "Twoje konto u dostawcy jest już połączone z innym kontem tutaj.",
    "storage_unavailable": "To urządzenie nie może teraz zachować Twojej sesji. Zamknij inne strony i spróbuj ponownie.",
    "throttled": "Za dużo prób. Odczekaj chwilę i spróbuj ponownie.",
    "timeout": "Serwer nie odpowiedział na czas. Nic nie przepadło: spróbuj ponownie za chwilę.",
    "token_not_valid": "Twoja sesja została zakończona. Zaloguj się i spróbuj ponownie.",
    "token_required": "Serwer nie mógł odczytać wysłanych danych. Spróbuj ponownie.",
    "too_many_connections": "Masz zbyt wiele podłączonych kont. Najpierw odłącz jedno.",
    "too_many_passkeys": "Masz zbyt wiele kluczy dostępu. Najpierw usuń jeden.",
    "totp_already_active": "Aplikacja uwierzytelniająca jest już skonfigurowana.",
    "totp_locked": "Kody są zablokowane dla Twojego konta. Użyj klucza dostępu lub kodu odzyskiwania.",
    "totp_not_active": "Logowanie dwuetapowe nie jest włączone.",
    "unavailable": "Serwer jest teraz zajęty. Nic nie przepadło: spróbuj ponownie za chwilę.",
    "unexpected_answer": "Odpowiedź nie pochodzi od serwera. Sprawdź połączenie i spróbuj ponownie.",
    "unknown_passkey": "Ten klucz dostępu nie jest tu znany. Użyj innego.",
    "unsupported_media_type": "Serwer nie potrafi odczytać danych tego rodzaju.",
    "use_dpop_nonce": "Serwer nie mógł zweryfikować tego urządzenia. Spróbuj ponownie albo wyloguj się i zaloguj.",
    "user_inactive": "To konto zostało dezaktywowane.",
    "user_not_found": "To konto już nie istnieje."
  },
  "denials": {
    "lastSuperuser": "To ostatni aktywny superużytkownik. Najpierw wyznacz innego.",
    "ownAccount": "Nie możesz tego zrobić z własnym kontem."
  },
  "fields": {
    "blank": "Wypełnij to pole.",
    "controlCharacters": "Ten tekst zawiera znaki, których nie można wyświetlić.",
    "deactivatedAccount": "To konto jest dezaktywowane.",
    "newPasswordsDiffer": "Hasła nie są takie same.",
    "noInvitation": "Ten serwer nie wysyła e-maili, więc nie można nikogo zaprosić. Wybierz hasło.",
    "noMail": "Ten serwer nie wysyła e-maili.",
    "notABoolean": "Wybierz tak lub nie.",
    "notAChallenge": "Wpisz czytelny tekst.",
    "notACursor": "Ta lista się zmieniła. Zacznij od początku.",
    "notALanding": "Serwer nie zezwala na ten adres.",
    "notALanguage": "Ten język jest niedostępny. Wybierz inny.",
    "notAPrompt": "Wpisz czytelny tekst.",
    "notAReturn": "Serwer nie zezwala na ten adres.",
    "notAString": "Wpisz czytelny tekst.",
    "notATime": "Wpisz datę i godzinę.",
    "notAnAddress": "Wpisz prawidłowy adres e-mail.",
    "notAnInteger": "Wpisz liczbę całkowitą.",
    "notOneProof": "Potwierdź swoją tożsamość dokładnie w jeden sposób.",
    "null": "Wypełnij to pole.",
    "nullCharacters": "Ten tekst zawiera znaki, których nie można zapisać.",
    "passwordNumeric": "To hasło składa się z samych cyfr. Dodaj litery.",
    "passwordTooCommon": "To hasło jest zbyt popularne.",
    "passwordTooShort": "To hasło jest za krótkie. Użyj co najmniej 8 znaków.",
    "passwordsDiffer": "Hasła nie są takie same.",
    "required": "Wypełnij to pole.",
    "similarToEmailAddress": "To hasło jest zbyt podobne do adresu e-mail.",
    "similarToFirstName": "To hasło jest zbyt podobne do imienia.",
    "similarToLastName": "To hasło jest zbyt podobne do nazwiska.",
    "takenAddress": "Istnieje już konto z tym adresem e-mail.",
    "tooLarge": {
      "other": "Wpisz {count} lub mniej."
    },
    "tooLong": {
      "one": "Wpisz najwyżej {count} znak.",
      "few": "Wpisz najwyżej {count} znaki.",
      "many": "Wpisz najwyżej {count} znaków.",
      "other": "Wpisz najwyżej {count} znaku."
    },
    "tooShort": {
      "one": "Wpisz co najmniej {count} znak.",
      "few": "Wpisz co najmniej {count} znaki.",
      "many": "Wpisz co najmniej {count} znaków.",
      "other": "Wpisz co najmniej {count} znaku."
    },
    "tooSmall": {
      "other": "Wpisz {count} lub więcej."
    },
    "unprintableCharacters": "Ten tekst zawiera znaki, których nie można wyświetlić.",
    "useSecondFactor": "Użyj zamiast tego drugiego składnika.",
    "wrongOldPassword": "To nie jest Twoje obecne hasło.",
    "wrongPassword": "To nie jest Twoje hasło."
  },
  "signedOut": {
    "account_gone": "To konto zostało usunięte lub dezaktywowane.",
    "expired": "Twoja sesja wygasła. Zaloguj się, aby kontynuować.",
    "key_lost": "Klucza Twojej sesji nie ma już na tym urządzeniu. Zaloguj się, aby kontynuować.",
    "session_ended": "Twoja sesja została zakończona. Zaloguj się, aby kontynuować.",
    "signed_out": "Wylogowano Cię."
  },
  "waits": {
    "hours": {
      "one": "{count} godzinę",
      "few": "{count} godziny",
      "many": "{count} godzin",
      "other": "{count} godziny"
    },
    "minutes": {
      "one": "{count} minutę",
      "few": "{count} minuty",
      "many": "{count} minut",
      "other": "{count} minuty"
    },
    "seconds": {
      "one": "{count} sekundę",
      "few": "{count} sekundy",
      "many": "{count} sekund",
      "other": "{count} sekundy"
    }
  },
  "withWait": {
    "throttled": "Za dużo prób. Spróbuj ponownie za {wait}.",
    "unavailable": "Serwer jest teraz zajęty. Nic nie przepadło: spróbuj ponownie za {wait}."
  },
  "deadLink": "Ten link już nie działa. Poproś o nowy.",
  "offline": "Brak połączenia. Nic nie przepadło: spróbuj ponownie, gdy znowu będziesz online.",
  "unknown": "Coś poszło tu nie tak. Spróbuj ponownie."
}
