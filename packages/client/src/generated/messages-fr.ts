// Made from languages/ by `npm run generate`; a change by hand is lost.

/** The sentences of the language fr. */
export const messages = {
  "codes": {
    "bad_authorization_header": "Votre session n’a pas pu être lue. Connectez-vous et réessayez.",
    "callback_url_not_allowed": "Le serveur n’autorise pas cette adresse.",
    "challenge_exhausted": "Trop de réponses fausses. Connectez-vous à nouveau.",
    "challenge_invalid": "Cette étape a duré trop longtemps. Connectez-vous à nouveau.",
    "client_id_mismatch": "Cette connexion était destinée à une autre application. Réessayez.",
    "csrf_failed": "Cette page a été ouverte à une adresse que le serveur ne connaît pas. Ouvrez-la à son adresse habituelle.",
    "disconnect_not_allowed": "C’est votre seul moyen de vous connecter. Définissez d’abord un mot de passe ou ajoutez une clé d’accès.",
    "dpop_required": "Ce serveur demande une application ou un navigateur plus récents. Mettez à jour et réessayez.",
    "email_already_registered": "Il existe déjà un compte avec cette adresse e-mail. Connectez-vous à ce compte, puis associez le fournisseur dans votre profil.",
    "email_not_verified": "Votre adresse e-mail n’est pas encore confirmée. Ouvrez le lien dans l’e-mail que nous vous avons envoyé.",
    "error": "Une erreur s’est produite de notre côté. Réessayez dans un instant.",
    "flow_not_supported": "Ce mode de connexion ne fonctionne pas avec ce fournisseur.",
    "idempotency_key_reused": "Le serveur n’a pas pu lire les données envoyées. Réessayez.",
    "incorrect_credentials": "L’adresse e-mail ou le mot de passe est incorrect.",
    "insufficient_user_authentication": "Confirmez qu’il s’agit bien de vous, puis réessayez.",
    "invalid": "Certaines informations saisies sont incorrectes. Vérifiez-les et réessayez.",
    "invalid_code": "Ce code n’est pas correct. Saisissez le code que votre application affiche maintenant.",
    "invalid_dpop_proof": "Le serveur n’a pas pu vérifier cet appareil. Réessayez, ou déconnectez-vous puis reconnectez-vous.",
    "invalid_idempotency_key": "Le serveur n’a pas pu lire les données envoyées. Réessayez.",
    "invalid_password": "Ce n’est pas votre mot de passe.",
    "invalid_recovery_code": "Ce code de récupération n’est pas correct, ou il a déjà été utilisé.",
    "invalid_social_token": "Le fournisseur n’a pas accepté cette connexion. Réessayez.",
    "local_account_unverified": "Il existe déjà un compte avec cette adresse e-mail. Connectez-vous avec votre mot de passe et associez-y le fournisseur, ou définissez d’abord un nouveau mot de passe par e-mail.",
    "method_not_allowed": "Le serveur ne peut pas effectuer cette action.",
    "mfa_disabled": "La connexion en deux étapes est désactivée sur ce serveur.",
    "mfa_locked": "Trop de codes faux. Attendez un peu et réessayez.",
    "mfa_required": "La connexion en deux étapes est obligatoire pour votre compte. Elle ne peut pas être désactivée.",
    "network_error": "Impossible de joindre le serveur. Rien n’est perdu : réessayez dans un instant.",
    "no_active_account": "Ce compte a été désactivé.",
    "no_second_factor": "Vous n’avez pas encore de second facteur. Configurez-en un d’abord.",
    "no_usable_password": "Votre compte n’a pas de mot de passe. Définissez-en d’abord un par e-mail avec l’option prévue pour les mots de passe oubliés.",
    "not_authenticated": "Vous n’êtes plus connecté. Connectez-vous et réessayez.",
    "not_found": "Ce que vous cherchez n’existe plus.",
    "other_link": "Ce formulaire correspond à un autre lien. Ouvrez de nouveau le lien de l’e-mail le plus récent.",
    "parse_error": "Le serveur n’a pas pu lire les données envoyées. Réessayez.",
    "passkey_refused": "Cette clé d’accès n’a pas pu être vérifiée. Réessayez.",
    "passkeys_disabled": "Les clés d’accès sont désactivées sur ce serveur.",
    "permission_denied": "Vous n’êtes pas autorisé à effectuer cette action.",
    "provider_email_unverified": "Le fournisseur ne confirme pas votre adresse e-mail. Connectez-vous autrement ou inscrivez-vous avec un mot de passe. Associez ensuite le fournisseur dans votre profil.",
    "provider_not_configured": "Ce serveur ne propose pas ce mode de connexion.",
    "provider_unavailable": "Le fournisseur est injoignable pour le moment. Réessayez dans un instant.",
    "recovery_codes_locked": "Les codes de récupération sont bloqués pour votre compte. Utilisez une clé d’accès ou une application d’authentification.",
    "request_too_large": "C’est plus que ce que le serveur accepte. Envoyez-en moins.",
    "session_expired": "Votre session a expiré. Connectez-vous et réessayez.",
    "setup_not_initiated": "Cette étape a duré trop longtemps. Recommencez la configuration.",
    "social_account_in_use": "Votre compte chez le fournisseur est déjà associé à un autre compte ici.",
    "storage_unavailable": "Cet appareil ne peut pas conserver votre session pour le moment. Fermez d’autres pages et réessayez.",
    "throttled": "Trop de tentatives. Patientez un peu et réessayez.",
    "timeout": "Le serveur n’a pas répondu à temps. Rien n’est perdu : réessayez dans un instant.",
    "token_not_valid": "Votre session est terminée. Connectez-vous et réessayez.",
    "token_required": "Le serveur n’a pas pu lire les données envoyées. Réessayez.",
    "too_many_connections": "Vous avez trop de comptes associés. Dissociez-en un d’abord.",
    "too_many_passkeys": "Vous avez trop de clés d’accès. Supprimez-en une d’abord.",
    "totp_already_active": "Une application d’authentification est déjà configurée.",
    "totp_locked": "Les codes sont bloqués pour votre compte. Utilisez une clé d’accès ou un code de récupération.",
    "totp_not_active": "La connexion en deux étapes n’est pas activée.",
    "unavailable": "Le serveur est occupé pour le moment. Rien n’est perdu : réessayez dans un instant.",
    "unexpected_answer": "La réponse ne vient pas du serveur. Vérifiez votre connexion et réessayez.",
    "unknown_passkey": "Cette clé d’accès n’est pas connue ici. Utilisez-en une autre.",
    "unsupported_media_type": "Le serveur ne peut pas lire ce type de données.",
    "use_dpop_nonce": "Le serveur n’a pas pu vérifier cet appareil. Réessayez, ou déconnectez-vous puis reconnectez-vous.",
    "user_inactive": "Ce compte a été désactivé.",
    "user_not_found": "Ce compte n’existe plus."
  },
  "denials": {
    "lastSuperuser": "C’est le dernier superutilisateur actif. Désignez-en d’abord un autre.",
    "ownAccount": "Vous ne pouvez pas faire cela avec votre propre compte."
  },
  "fields": {
    "blank": "Remplissez ce champ.",
    "controlCharacters": "Ce texte contient des caractères qui ne peuvent pas être affichés.",
    "deactivatedAccount": "Ce compte est désactivé.",
    "newPasswordsDiffer": "Les deux mots de passe ne sont pas identiques.",
    "noInvitation": "Ce serveur n’envoie pas d’e-mails, il est donc impossible d’inviter quelqu’un. Choisissez un mot de passe.",
    "noMail": "Ce serveur n’envoie pas d’e-mails.",
    "notABoolean": "Choisissez oui ou non.",
    "notAChallenge": "Saisissez un texte lisible.",
    "notACursor": "Cette liste a changé. Reprenez au début.",
    "notALanding": "Le serveur n’autorise pas cette adresse.",
    "notALanguage": "Cette langue n’est pas disponible. Choisissez-en une autre.",
    "notAPrompt": "Saisissez un texte lisible.",
    "notAReturn": "Le serveur n’autorise pas cette adresse.",
    "notAString": "Saisissez un texte lisible.",
    "notATime": "Saisissez une date et une heure.",
    "notAnAddress": "Saisissez une adresse e-mail valide.",
    "notAnInteger": "Saisissez un nombre entier.",
    "notOneProof": "Confirmez votre identité d’une seule façon.",
    "null": "Remplissez ce champ.",
    "nullCharacters": "Ce texte contient des caractères qui ne peuvent pas être enregistrés.",
    "passwordNumeric": "Ce mot de passe ne contient que des chiffres. Ajoutez des lettres.",
    "passwordTooCommon": "Ce mot de passe est trop courant.",
    "passwordTooShort": "Ce mot de passe est trop court. Utilisez au moins 8 caractères.",
    "passwordsDiffer": "Les deux mots de passe ne sont pas identiques.",
    "required": "Remplissez ce champ.",
    "similarToEmailAddress": "Ce mot de passe ressemble trop à l’adresse e-mail.",
    "similarToFirstName": "Ce mot de passe ressemble trop au prénom.",
    "similarToLastName": "Ce mot de passe ressemble trop au nom.",
    "takenAddress": "Il existe déjà un compte avec cette adresse e-mail.",
    "tooLarge": {
      "other": "Saisissez {count} ou moins."
    },
    "tooLong": {
      "one": "Saisissez au plus {count} caractère.",
      "many": "Saisissez au plus {count} de caractères.",
      "other": "Saisissez au plus {count} caractères."
    },
    "tooShort": {
      "one": "Saisissez au moins {count} caractère.",
      "many": "Saisissez au moins {count} de caractères.",
      "other": "Saisissez au moins {count} caractères."
    },
    "tooSmall": {
      "other": "Saisissez {count} ou plus."
    },
    "unprintableCharacters": "Ce texte contient des caractères qui ne peuvent pas être affichés.",
    "useSecondFactor": "Utilisez plutôt votre second facteur.",
    "wrongOldPassword": "Ce n’est pas votre mot de passe actuel.",
    "wrongPassword": "Ce n’est pas votre mot de passe."
  },
  "signedOut": {
    "account_gone": "Ce compte a été supprimé ou désactivé.",
    "expired": "Votre session a expiré. Connectez-vous pour continuer.",
    "key_lost": "La clé de votre session n’est plus sur cet appareil. Connectez-vous pour continuer.",
    "session_ended": "Votre session est terminée. Connectez-vous pour continuer.",
    "signed_out": "Vous n’êtes plus connecté."
  },
  "waits": {
    "hours": {
      "one": "{count} heure",
      "many": "{count} d’heures",
      "other": "{count} heures"
    },
    "minutes": {
      "one": "{count} minute",
      "many": "{count} de minutes",
      "other": "{count} minutes"
    },
    "seconds": {
      "one": "{count} seconde",
      "many": "{count} de secondes",
      "other": "{count} secondes"
    }
  },
  "withWait": {
    "throttled": "Trop de tentatives. Réessayez dans {wait}.",
    "unavailable": "Le serveur est occupé pour le moment. Rien n’est perdu : réessayez dans {wait}."
  },
  "deadLink": "Ce lien ne fonctionne plus. Demandez-en un nouveau.",
  "offline": "Vous êtes hors ligne. Rien n’est perdu : réessayez une fois de nouveau en ligne.",
  "unknown": "Une erreur s’est produite. Réessayez."
}
