// Made from languages/ by `npm run generate`; a change by hand is lost.

/** The sentences of the language it. */
export const messages = {
  "codes": {
    "bad_authorization_header": "Non è stato possibile leggere la sua sessione. Acceda e riprovi.",
    "callback_url_not_allowed": "Il server non consente questo indirizzo.",
    "challenge_exhausted": "Troppe risposte sbagliate. Acceda di nuovo.",
    "challenge_invalid": "Questo passaggio ha richiesto troppo tempo. Acceda di nuovo.",
    "client_id_mismatch": "Questo accesso era destinato a un’altra app. Riprovi.",
    "csrf_failed": "Questa pagina è stata aperta a un indirizzo che il server non conosce. La apra al suo indirizzo abituale.",
    "disconnect_not_allowed": "Questo è il Suo unico modo di accedere. Imposti prima una password o aggiunga una passkey.",
    "dpop_required": "Questo server richiede un’app o un browser più recenti. Aggiorni e riprovi.",
    "email_already_registered": "Esiste già un account con questo indirizzo email. Acceda a quell’account e colleghi il provider nel Suo profilo.",
    "email_not_verified": "Il suo indirizzo email non è ancora confermato. Apra il link nell’email che le abbiamo inviato.",
    "error": "Si è verificato un errore da parte nostra. Riprovi tra poco.",
    "flow_not_supported": "Questo modo di accedere non funziona con questo provider.",
    "idempotency_key_reused": "Il server non è riuscito a leggere i dati inviati. Riprovi.",
    "incorrect_credentials": "L’indirizzo email o la password non è corretta.",
    "insufficient_user_authentication": "Confermi la sua identità e riprovi.",
    "invalid": "Alcuni dati inseriti non sono corretti. Li controlli e riprovi.",
    "invalid_code": "Questo codice non è corretto. Inserisca il codice che la Sua app mostra adesso.",
    "invalid_dpop_proof": "Il server non ha potuto verificare questo dispositivo. Riprovi, oppure si disconnetta e acceda di nuovo.",
    "invalid_idempotency_key": "Il server non è riuscito a leggere i dati inviati. Riprovi.",
    "invalid_password": "Questa non è la Sua password.",
    "invalid_recovery_code": "Questo codice di recupero non è corretto, o è già stato usato.",
    "invalid_social_token": "Il provider non ha accettato questo accesso. Riprovi.",
    "local_account_unverified": "Esiste già un account con questo indirizzo email. Acceda con la Sua password e colleghi lì il provider, oppure imposti prima una nuova password via email.",
    "method_not_allowed": "Il server non può eseguire questa operazione.",
    "mfa_disabled": "L’accesso in due passaggi è disattivato su questo server.",
    "mfa_locked": "Troppi codici sbagliati. Aspetti un po’ e riprovi.",
    "mfa_required": "L’accesso in due passaggi è obbligatorio per il Suo account. Non può essere disattivato.",
    "network_error": "Non è stato possibile raggiungere il server. Non è andato perso nulla: riprovi tra poco.",
    "no_active_account": "Questo account è stato disattivato.",
    "no_second_factor": "Non ha ancora un secondo fattore. Ne configuri prima uno.",
    "no_usable_password": "Il Suo account non ha una password. Ne imposti prima una via email con l’opzione per le password dimenticate.",
    "not_authenticated": "La sessione non è attiva. Acceda e riprovi.",
    "not_found": "Quello che cerca non c’è più.",
    "other_link": "Questo modulo era per un altro link. Apra di nuovo il link nell’email più recente.",
    "parse_error": "Il server non è riuscito a leggere i dati inviati. Riprovi.",
    "passkey_refused": "Non è stato possibile verificare questa passkey. Riprovi.",
    "passkeys_disabled": "Le passkey sono disattivate su questo server.",
    "permission_denied": "Non ha l’autorizzazione per questa operazione.",
    "provider_email_unverified": "Il provider non conferma il Suo indirizzo email. Acceda in un altro modo o si registri con una password. Poi colleghi il provider nel Suo profilo.",
    "provider_not_configured": "Questo server non offre questo modo di accedere.",
    "provider_unavailable": "Al momento il provider non è raggiungibile. Riprovi tra poco.",
    "recovery_codes_locked": "I codici di recupero sono bloccati per il Suo account. Usi una passkey o un’app di autenticazione.",
    "request_too_large": "I dati superano il limite del server. Ne invii di meno.",
    "session_expired": "La sessione è scaduta. Acceda e riprovi.",
    "setup_not_initiated": "Questo passaggio ha richiesto troppo tempo. Ricominci la configurazione.",
    "social_account_in_use": "Il Suo account presso il provider è già collegato a un altro account qui.",
    "storage_unavailable": "Al momento questo dispositivo non può conservare la sessione. Chiuda altre pagine e riprovi.",
    "throttled": "Troppi tentativi. Attenda un po’ e riprovi.",
    "timeout": "Il server non ha risposto in tempo. Non è andato perso nulla: riprovi tra poco.",
    "token_not_valid": "La sessione è terminata. Acceda e riprovi.",
    "token_required": "Il server non è riuscito a leggere i dati inviati. Riprovi.",
    "too_many_connections": "Ha troppi account collegati. Ne scolleghi prima uno.",
    "too_many_passkeys": "Ha troppe passkey. Ne rimuova prima una.",
    "totp_already_active": "Un’app di autenticazione è già configurata.",
    "totp_locked": "I codici sono bloccati per il Suo account. Usi una passkey o un codice di recupero.",
    "totp_not_active": "L’accesso in due passaggi non è attivo.",
    "unavailable": "Al momento il server è occupato. Non è andato perso nulla: riprovi tra poco.",
    "unexpected_answer": "La risposta non proviene dal server. Controlli la connessione e riprovi.",
    "unknown_passkey": "Questa passkey non è conosciuta qui. Ne usi un’altra.",
    "unsupported_media_type": "Il server non può leggere dati di questo tipo.",
    "use_dpop_nonce": "Il server non ha potuto verificare questo dispositivo. Riprovi, oppure si disconnetta e acceda di nuovo.",
    "user_inactive": "Questo account è stato disattivato.",
    "user_not_found": "Questo account non esiste più."
  },
  "denials": {
    "lastSuperuser": "Questo è l’ultimo superutente attivo. Prima ne nomini un altro.",
    "ownAccount": "Non può farlo con il suo account."
  },
  "fields": {
    "blank": "Compili questo campo.",
    "controlCharacters": "Questo testo contiene caratteri che non si possono visualizzare.",
    "deactivatedAccount": "Questo account è disattivato.",
    "newPasswordsDiffer": "Le due password non coincidono.",
    "noInvitation": "Questo server non invia email, quindi non è possibile invitare nessuno. Scelga una password.",
    "noMail": "Questo server non invia email.",
    "notABoolean": "Scelga sì o no.",
    "notAChallenge": "Inserisca un testo leggibile.",
    "notACursor": "Questo elenco è cambiato. Ricominci dall’inizio.",
    "notALanding": "Il server non consente questo indirizzo.",
    "notALanguage": "Questa lingua non è disponibile. Ne scelga un’altra.",
    "notAPrompt": "Inserisca un testo leggibile.",
    "notAReturn": "Il server non consente questo indirizzo.",
    "notAString": "Inserisca un testo leggibile.",
    "notATime": "Inserisca una data e un’ora.",
    "notAnAddress": "Inserisca un indirizzo email valido.",
    "notAnInteger": "Inserisca un numero intero.",
    "notOneProof": "Confermi in un solo modo che è Lei.",
    "null": "Compili questo campo.",
    "nullCharacters": "Questo testo contiene caratteri che non si possono salvare.",
    "passwordNumeric": "Questa password contiene solo cifre. Aggiunga lettere.",
    "passwordTooCommon": "Questa password è troppo comune.",
    "passwordTooShort": "Questa password è troppo corta. Usi almeno 8 caratteri.",
    "passwordsDiffer": "Le due password non coincidono.",
    "required": "Compili questo campo.",
    "similarToEmailAddress": "Questa password è troppo simile all’indirizzo email.",
    "similarToFirstName": "Questa password è troppo simile al nome.",
    "similarToLastName": "Questa password è troppo simile al cognome.",
    "takenAddress": "Esiste già un account con questo indirizzo email.",
    "tooLarge": {
      "other": "Inserisca {count} o un numero inferiore."
    },
    "tooLong": {
      "one": "Inserisca al massimo {count} carattere.",
      "many": "Inserisca al massimo {count} caratteri.",
      "other": "Inserisca al massimo {count} caratteri."
    },
    "tooShort": {
      "one": "Inserisca almeno {count} carattere.",
      "many": "Inserisca almeno {count} caratteri.",
      "other": "Inserisca almeno {count} caratteri."
    },
    "tooSmall": {
      "other": "Inserisca {count} o un numero superiore."
    },
    "unprintableCharacters": "Questo testo contiene caratteri che non si possono visualizzare.",
    "useSecondFactor": "Usi invece il secondo fattore.",
    "wrongOldPassword": "Questa non è la sua password attuale.",
    "wrongPassword": "Questa non è la sua password."
  },
  "signedOut": {
    "account_gone": "Questo account è stato eliminato o disattivato.",
    "expired": "La sessione è scaduta. Acceda per continuare.",
    "key_lost": "La chiave della sessione non è più su questo dispositivo. Acceda per continuare.",
    "session_ended": "La sessione è terminata. Acceda per continuare.",
    "signed_out": "La disconnessione è completata."
  },
  "waits": {
    "hours": {
      "one": "{count} ora",
      "many": "{count} ore",
      "other": "{count} ore"
    },
    "minutes": {
      "one": "{count} minuto",
      "many": "{count} minuti",
      "other": "{count} minuti"
    },
    "seconds": {
      "one": "{count} secondo",
      "many": "{count} secondi",
      "other": "{count} secondi"
    }
  },
  "withWait": {
    "throttled": "Troppi tentativi. Riprovi tra {wait}.",
    "unavailable": "Al momento il server è occupato. Non è andato perso nulla: riprovi tra {wait}."
  },
  "deadLink": "Questo link non funziona più. Ne richieda uno nuovo.",
  "offline": "Connessione assente. Non è andato perso nulla: riprovi quando torna online.",
  "unknown": "Qualcosa è andato storto. Riprovi."
}
