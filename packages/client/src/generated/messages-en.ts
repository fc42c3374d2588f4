// Made from languages/ by `npm run generate`; a change by hand is lost.

/** The sentences of the language en. */
export const messages = {
  "codes": {
    "bad_authorization_header": "Your session could not be read. Sign in and try again.",
    "callback_url_not_allowed": "The server does not allow this address.",
    "challenge_exhausted": "Too many wrong answers. Sign in again.",
    "challenge_invalid": "This step took too long. Sign in again.",
    "client_id_mismatch": "This sign-in was made for another app. Try again.",
    "csrf_failed": "This page was opened at an address that the server does not know. Open it at its usual address.",
    "disconnect_not_allowed": "This is your only way to sign in. Set a password or add a passkey first.",
    "dpop_required": "This server needs a newer app or browser. Update it and try again.",
    "email_already_registered": "There is already an account with this email address. Sign in to it, and connect the provider in your profile.",
    "email_not_verified": "Your email address is not confirmed yet. Open the link in the email we sent you.",
    "error": "Something went wrong on our side. Try again in a moment.",
    "flow_not_supported": "This way to sign in does not work with this provider.",
    "idempotency_key_reused": "The server could not read what was sent. Try again.",
    "incorrect_credentials": "The email address or the password is not right.",
    "insufficient_user_authentication": "Confirm that it is you, and try again.",
    "invalid": "Some of what you entered is not right. Check it and try again.",
    "invalid_code": "This code is not right. Enter the code that your app shows now.",
    "invalid_dpop_proof": "The server could not verify this device. Try again, or sign out and sign in.",
    "invalid_idempotency_key": "The server could not read what was sent. Try again.",
    "invalid_password": "This is not your password.",
    "invalid_recovery_code": "This recovery code is not right, or it was used before.",
    "invalid_social_token": "The provider did not accept this sign-in. Try again.",
    "local_account_unverified": "There is already an account with this email address. Sign in with your password and connect the provider there, or set a new password by email first.",
    "method_not_allowed": "The server cannot do this.",
    "mfa_disabled": "Two-step sign-in is turned off on this server.",
    "mfa_locked": "Too many wrong codes. Wait a little and try again.",
    "mfa_required": "Two-step sign-in is required for your account. It cannot be turned off.",
    "network_error": "The server could not be reached. Nothing is lost: try again in a moment.",
    "no_active_account": "This account has been deactivated.",
    "no_second_factor": "You have no second factor yet. Set one up first.",
    "no_usable_password": "Your account has no password. Set one by email first: use “Forgot your password?”.",
    "not_authenticated": "You are signed out. Sign in and try again.",
    "not_found": "What you are looking for is no longer there.",
    "other_link": "This form was made for another link. Open the link in the newest email again.",
    "parse_error": "The server could not read what was sent. Try again.",
    "passkey_refused": "This passkey could not be verified. Try again.",
    "passkeys_disabled": "Passkeys are turned off on this server.",
    "permission_denied": "You are not allowed to do this.",
    "provider_email_unverified": "The provider does not confirm your email address. Sign in another way, or sign up with a password. Then connect the provider in your profile.",
    "provider_not_configured": "This server does not offer this way to sign in.",
    "provider_unavailable": "The provider cannot be reached at the moment. Try again in a moment.",
    "recovery_codes_locked": "Recovery codes are locked for your account. Use a passkey or an authenticator app.",
    "request_too_large": "This is more than the server accepts. Send less.",
    "session_expired": "Your session has expired. Sign in and try again.",
    "setup_not_initiated": "This step took too long. Start the setup again.",
    "social_account_in_use": "Your account at the provider is already connected to another account here.",
    "storage_unavailable": "This device cannot keep your session at the moment. Close other pages and try again.",
    "throttled": "Too many attempts. Wait a little and try again.",
    "timeout": "The server did not answer in time. Nothing is lost: try again in a moment.",
    "token_not_valid": "Your session has ended. Sign in and try again.",
    "token_required": "The server could not read what was sent. Try again.",
    "too_many_connections": "You have too many connected accounts. Disconnect one first.",
    "too_many_passkeys": "You have too many passkeys. Remove one first.",
    "totp_already_active": "An authenticator app is already set up.",
    "totp_locked": "Codes are locked for your account. Use a passkey or a recovery code.",
    "totp_not_active": "Two-step sign-in is not turned on.",
    "unavailable": "The server is busy at the moment. Nothing is lost: try again in a moment.",
    "unexpected_answer": "Something other than the server answered. Check your connection and try again.",
    "unknown_passkey": "This passkey is not known here. Use another one.",
    "unsupported_media_type": "The server cannot read data of this kind.",
    "use_dpop_nonce": "The server could not verify this device. Try again, or sign out and sign in.",
    "user_inactive": "This account has been deactivated.",
    "user_not_found": "This account no longer exists."
  },
  "denials": {
    "lastSuperuser": "This is the last active superuser. Make another one first.",
    "ownAccount": "You cannot do this to your own account."
  },
  "fields": {
    "blank": "Fill in this field.",
    "controlCharacters": "This text has characters that cannot be shown.",
    "deactivatedAccount": "This account is deactivated.",
    "newPasswordsDiffer": "The two passwords are not the same.",
    "noInvitation": "This server sends no email, so nobody can be invited. Choose a password.",
    "noMail": "This server sends no email.",
    "notABoolean": "Choose yes or no.",
    "notAChallenge": "Enter text that can be read.",
    "notACursor": "This list has changed. Start at its beginning.",
    "notALanding": "The server does not allow this address.",
    "notALanguage": "This language is not available. Choose another one.",
    "notAPrompt": "Enter text that can be read.",
    "notAReturn": "The server does not allow this address.",
    "notAString": "Enter text that can be read.",
    "notATime": "Enter a date and a time.",
    "notAnAddress": "Enter a valid email address.",
    "notAnInteger": "Enter a whole number.",
    "notOneProof": "Confirm in exactly one way that it is you.",
    "null": "Fill in this field.",
    "nullCharacters": "This text has characters that cannot be stored.",
    "passwordNumeric": "This password has digits only. Add letters.",
    "passwordTooCommon": "This password is too common.",
    "passwordTooShort": "This password is too short. Use at least 8 characters.",
    "passwordsDiffer": "The two passwords are not the same.",
    "required": "Fill in this field.",
    "similarToEmailAddress": "This password is too similar to the email address.",
    "similarToFirstName": "This password is too similar to the first name.",
    "similarToLastName": "This password is too similar to the last name.",
    "takenAddress": "There is already an account with this email address.",
    "tooLarge": {
      "other": "Enter {count} or less."
    },
    "tooLong": {
      "one": "Enter at most {count} character.",
      "other": "Enter at most {count} characters."
    },
    "tooShort": {
      "one": "Enter at least {count} character.",
      "other": "Enter at least {count} characters."
    },
    "tooSmall": {
      "other": "Enter {count} or more."
    },
    "unprintableCharacters": "This text has characters that cannot be shown.",
    "useSecondFactor": "Use your second factor instead.",
    "wrongOldPassword": "This is not your current password.",
    "wrongPassword": "This is not your password."
  },
  "signedOut": {
    "account_gone": "This account has been deleted or deactivated.",
    "expired": "Your session has expired. Sign in to continue.",
    "key_lost": "The key of your session is no longer on this device. Sign in to continue.",
    "session_ended": "Your session has ended. Sign in to continue.",
    "signed_out": "You are signed out."
  },
  "waits": {
    "hours": {
      "one": "{count} hour",
      "other": "{count} hours"
    },
    "minutes": {
      "one": "{count} minute",
      "other": "{count} minutes"
    },
    "seconds": {
      "one": "{count} second",
      "other": "{count} seconds"
    }
  },
  "withWait": {
    "throttled": "Too many attempts. Try again in {wait}.",
    "unavailable": "The server is busy at the moment. Nothing is lost: try again in {wait}."
  },
  "deadLink": "This link no longer works. Ask for a new one.",
  "offline": "You are offline. Nothing is lost: try again when you are back online.",
  "unknown": "Something went wrong here. Try again."
}
