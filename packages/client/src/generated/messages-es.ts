// Made from languages/ by `npm run generate`; a change by hand is lost.

/** The sentences of the language es. */
export const messages = {
  "codes": {
    "bad_authorization_header": "No se pudo leer su sesión. Inicie sesión e inténtelo de nuevo.",
    "callback_url_not_allowed": "El servidor no permite esta dirección.",
    "challenge_exhausted": "Demasiadas respuestas incorrectas. Inicie sesión de nuevo.",
    "challenge_invalid": "Este paso ha tardado demasiado. Inicie sesión de nuevo.",
    "client_id_mismatch": "Este inicio de sesión se hizo para otra aplicación. Inténtelo de nuevo.",
    "csrf_failed": "Esta página se abrió en una dirección que el servidor no conoce. Ábrala en su dirección habitual.",
    "disconnect_not_allowed": "Esta es su única forma de iniciar sesión. Establezca primero una contraseña o añada una llave de acceso.",
    "dpop_required": "Este servidor necesita una aplicación o un navegador más recientes. Actualice e inténtelo de nuevo.",
    "email_already_registered": "Ya existe una cuenta con esta dirección de correo. Inicie sesión en ella y conecte el proveedor en su perfil.",
    "email_not_verified": "Su dirección de correo aún no está confirmada. Abra el enlace del correo que le enviamos.",
    "error": "Se produjo un error por nuestra parte. Inténtelo de nuevo en un momento.",
    "flow_not_supported": "Esta forma de iniciar sesión no funciona con este proveedor.",
    "idempotency_key_reused": "El servidor no pudo leer los datos enviados. Inténtelo de nuevo.",
    "incorrect_credentials": "La dirección de correo o la contraseña no son correctas.",
    "insufficient_user_authentication": "Confirme que es usted e inténtelo de nuevo.",
    "invalid": "Algunos de los datos introducidos no son correctos. Revíselos e inténtelo de nuevo.",
    "invalid_code": "Este código no es correcto. Introduzca el código que su aplicación muestra ahora.",
    "invalid_dpop_proof": "El servidor no pudo comprobar este dispositivo. Inténtelo de nuevo, o cierre la sesión y vuelva a iniciarla.",
    "invalid_idempotency_key": "El servidor no pudo leer los datos enviados. Inténtelo de nuevo.",
    "invalid_password": "Esta no es su contraseña.",
    "invalid_recovery_code": "Este código de recuperación no es correcto, o ya se ha usado.",
    "invalid_social_token": "El proveedor no aceptó este inicio de sesión. Inténtelo de nuevo.",
    "local_account_unverified": "Ya existe una cuenta con esta dirección de correo. Inicie sesión con su contraseña y conecte el proveedor allí, o establezca primero una contraseña nueva por correo.",
    "method_not_allowed": "El servidor no puede hacer esto.",
    "mfa_disabled": "El inicio de sesión en dos pasos está desactivado en este servidor.",
    "mfa_locked": "Demasiados códigos incorrectos. Espere un poco e inténtelo de nuevo.",
    "mfa_required": "El inicio de sesión en dos pasos es obligatorio para su cuenta. No se puede desactivar.",
    "network_error": "No se pudo conectar con el servidor. No se ha perdido nada: inténtelo de nuevo en un momento.",
    "no_active_account": "Esta cuenta se ha desactivado.",
    "no_second_factor": "Todavía no tiene un segundo factor. Configure uno primero.",
    "no_usable_password": "Su cuenta no tiene contraseña. Establezca primero una por correo con la opción para contraseñas olvidadas.",
    "not_authenticated": "Su sesión está cerrada. Inicie sesión e inténtelo de nuevo.",
    "not_found": "Lo que busca ya no está disponible.",
    "other_link": "Este formulario corresponde a otro enlace. Vuelva a abrir el enlace del correo más reciente.",
    "parse_error": "El servidor no pudo leer los datos enviados. Inténtelo de nuevo.",
    "passkey_refused": "No se ha podido verificar esta llave de acceso. Inténtelo de nuevo.",
    "passkeys_disabled": "Las llaves de acceso están desactivadas en este servidor.",
    "permission_denied": "No tiene permiso para hacer esto.",
    "provider_email_unverified": "El proveedor no confirma su dirección de correo. Inicie sesión de otra forma o regístrese con una contraseña. Después, conecte el proveedor en su perfil.",
    "provider_not_configured": "Este servidor no ofrece esta forma de iniciar sesión.",
    "provider_unavailable": "No se puede contactar con el proveedor en este momento. Inténtelo de nuevo en un momento.",
    "recovery_codes_locked": "Los códigos de recuperación están bloqueados para su cuenta. Use una llave de acceso o una aplicación de autenticación.",
    "request_too_large": "Esto supera lo que acepta el servidor. Envíe menos.",
    "session_expired": "Su sesión ha caducado. Inicie sesión e inténtelo de nuevo.",
    "setup_not_initiated": "Este paso ha tardado demasiado. Empiece de nuevo la configuración.",
    "social_account_in_use": "Su cuenta del proveedor ya está conectada a otra cuenta de aquí.",
    "storage_unavailable": "Este dispositivo no puede guardar su sesión en este momento. Cierre otras páginas e inténtelo de nuevo.",
    "throttled": "Demasiados intentos. Espere un poco e inténtelo de nuevo.",
    "timeout": "El servidor no respondió a tiempo. No se ha perdido nada: inténtelo de nuevo en un momento.",
    "token_not_valid": "Su sesión ha finalizado. Inicie sesión e inténtelo de nuevo.",
    "token_required": "El servidor no pudo leer los datos enviados. Inténtelo de nuevo.",
    "too_many_connections": "Tiene demasiadas cuentas conectadas. Desconecte una primero.",
    "too_many_passkeys": "Tiene demasiadas llaves de acceso. Elimine una primero.",
    "totp_already_active": "Ya hay una aplicación de autenticación configurada.",
    "totp_locked": "Los códigos están bloqueados para su cuenta. Use una llave de acceso o un código de recuperación.",
    "totp_not_active": "El inicio de sesión en dos pasos no está activado.",
    "unavailable": "El servidor está ocupado en este momento. No se ha perdido nada: inténtelo de nuevo en un momento.",
    "unexpected_answer": "La respuesta no procede del servidor. Compruebe su conexión e inténtelo de nuevo.",
    "unknown_passkey": "Esta llave de acceso no se conoce aquí. Use otra.",
    "unsupported_media_type": "El servidor no puede leer datos de este tipo.",
    "use_dpop_nonce": "El servidor no pudo comprobar este dispositivo. Inténtelo de nuevo, o cierre la sesión y vuelva a iniciarla.",
    "user_inactive": "Esta cuenta se ha desactivado.",
    "user_not_found": "Esta cuenta ya no existe."
  },
  "denials": {
    "lastSuperuser": "Este es el último superusuario activo. Primero designe otro.",
    "ownAccount": "No puede hacer esto con su propia cuenta."
  },
  "fields": {
    "blank": "Rellene este campo.",
    "controlCharacters": "Este texto contiene caracteres que no se pueden mostrar.",
    "deactivatedAccount": "Esta cuenta está desactivada.",
    "newPasswordsDiffer": "Las dos contraseñas no coinciden.",
    "noInvitation": "Este servidor no envía correos, así que no se puede invitar a nadie. Elija una contraseña.",
    "noMail": "Este servidor no envía correos.",
    "notABoolean": "Elija sí o no.",
    "notAChallenge": "Introduzca un texto legible.",
    "notACursor": "Esta lista ha cambiado. Empiece desde el principio.",
    "notALanding": "El servidor no permite esta dirección.",
    "notALanguage": "Este idioma no está disponible. Elija otro.",
    "notAPrompt": "Introduzca un texto legible.",
    "notAReturn": "El servidor no permite esta dirección.",
    "notAString": "Introduzca un texto legible.",
    "notATime": "Introduzca una fecha y una hora.",
    "notAnAddress": "Introduzca una dirección de correo válida.",
    "notAnInteger": "Introduzca un número entero.",
    "notOneProof": "Confirme de una sola manera que es usted.",
    "null": "Rellene este campo.",
    "nullCharacters": "Este texto contiene caracteres que no se pueden guardar.",
    "passwordNumeric": "Esta contraseña solo tiene cifras. Añada letras.",
    "passwordTooCommon": "Esta contraseña es demasiado común.",
    "passwordTooShort": "Esta contraseña es demasiado corta. Use al menos 8 caracteres.",
    "passwordsDiffer": "Las dos contraseñas no coinciden.",
    "required": "Rellene este campo.",
    "similarToEmailAddress": "Esta contraseña se parece demasiado a la dirección de correo.",
    "similarToFirstName": "Esta contraseña se parece demasiado al nombre.",
    "similarToLastName": "Esta contraseña se parece demasiado al apellido.",
    "takenAddress": "Ya existe una cuenta con esta dirección de correo.",
    "tooLarge": {
      "other": "Introduzca {count} o menos."
    },
    "tooLong": {
      "one": "Introduzca como máximo {count} carácter.",
      "many": "Introduzca como máximo {count} de caracteres.",
      "other": "Introduzca como máximo {count} caracteres."
    },
    "tooShort": {
      "one": "Introduzca al menos {count} carácter.",
      "many": "Introduzca al menos {count} de caracteres.",
      "other": "Introduzca al menos {count} caracteres."
    },
    "tooSmall": {
      "other": "Introduzca {count} o más."
    },
    "unprintableCharacters": "Este texto contiene caracteres que no se pueden mostrar.",
    "useSecondFactor": "Use su segundo factor en su lugar.",
    "wrongOldPassword": "Esta no es su contraseña actual.",
    "wrongPassword": "Esta no es su contraseña."
  },
  "signedOut": {
    "account_gone": "Esta cuenta se ha eliminado o desactivado.",
    "expired": "Su sesión ha caducado. Inicie sesión para continuar.",
    "key_lost": "La clave de su sesión ya no está en este dispositivo. Inicie sesión para continuar.",
    "session_ended": "Su sesión ha finalizado. Inicie sesión para continuar.",
    "signed_out": "Ha cerrado la sesión."
  },
  "waits": {
    "hours": {
      "one": "{count} hora",
      "many": "{count} de horas",
      "other": "{count} horas"
    },
    "minutes": {
      "one": "{count} minuto",
      "many": "{count} de minutos",
      "other": "{count} minutos"
    },
    "seconds": {
      "one": "{count} segundo",
      "many": "{count} de segundos",
      "other": "{count} segundos"
    }
  },
  "withWait": {
    "throttled": "Demasiados intentos. Inténtelo de nuevo en {wait}.",
    "unavailable": "El servidor está ocupado en este momento. No se ha perdido nada: inténtelo de nuevo en {wait}."
  },
  "deadLink": "Este enlace ya no funciona. Solicite uno nuevo.",
  "offline": "No tiene conexión. No se ha perdido nada: inténtelo de nuevo cuando vuelva a tenerla.",
  "unknown": "Se produjo un error aquí. Inténtelo de nuevo."
}
