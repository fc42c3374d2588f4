// Made from languages/ by `npm run generate`; a change by hand is lost.

/** The sentences of the language pt-BR. */
export const messages = {
  "codes": {
    "bad_authorization_header": "Não foi possível ler sua sessão. Faça login e tente novamente.",
    "callback_url_not_allowed": "O servidor não permite este endereço.",
    "challenge_exhausted": "Respostas erradas demais. Faça login novamente.",
    "challenge_invalid": "Esta etapa demorou demais. Faça login novamente.",
    "client_id_mismatch": "Este login foi feito para outro aplicativo. Tente novamente.",
    "csrf_failed": "Esta página foi aberta em um endereço que o servidor não conhece. Abra-a no endereço habitual.",
    "disconnect_not_allowed": "Esta é sua única forma de login. Defina primeiro uma senha ou adicione uma chave de acesso.",
    "dpop_required": "Este servidor precisa de um aplicativo ou navegador mais recente. Atualize e tente novamente.",
    "email_already_registered": "Já existe uma conta com este endereço de e-mail. Faça login nela e conecte o provedor em seu perfil.",
    "email_not_verified": "Seu endereço de e-mail ainda não foi confirmado. Abra o link do e-mail que enviamos.",
    "error": "Algo deu errado do nosso lado. Tente novamente em instantes.",
    "flow_not_supported": "Esta forma de login não funciona com este provedor.",
    "idempotency_key_reused": "O servidor não conseguiu ler o que foi enviado. Tente novamente.",
    "incorrect_credentials": "O endereço de e-mail ou a senha não está correto.",
    "insufficient_user_authentication": "Confirme que é você e tente novamente.",
    "invalid": "Alguns dados informados não estão corretos. Verifique e tente novamente.",
    "invalid_code": "Este código não está certo. Digite o código que seu aplicativo mostra agora.",
    "invalid_dpop_proof": "O servidor não conseguiu verificar este dispositivo. Tente novamente, ou saia e faça login de novo.",
    "invalid_idempotency_key": "O servidor não conseguiu ler o que foi enviado. Tente novamente.",
    "invalid_password": "Esta não é sua senha.",
    "invalid_recovery_code": "Este código de recuperação não está certo ou já foi usado.",
    "invalid_social_token": "O provedor não aceitou este login. Tente novamente.",
    "local_account_unverified": "Já existe uma conta com este endereço de e-mail. Faça login com sua senha e conecte o provedor lá, ou defina primeiro uma nova senha por e-mail.",
    "method_not_allowed": "O servidor não pode fazer isso.",
    "mfa_disabled": "O login em duas etapas está desativado neste servidor.",
    "mfa_locked": "Códigos errados demais. Espere um pouco e tente novamente.",
    "mfa_required": "O login em duas etapas é obrigatório para sua conta. Não é possível desativá-lo.",
    "network_error": "Não foi possível acessar o servidor. Nada se perdeu: tente novamente em instantes.",
    "no_active_account": "Esta conta foi desativada.",
    "no_second_factor": "Você ainda não tem um segundo fator. Configure um primeiro.",
    "no_usable_password": "Sua conta não tem senha. Defina primeiro uma por e-mail com a opção para senhas esquecidas.",
    "not_authenticated": "Sua sessão está encerrada. Faça login e tente novamente.",
    "not_found": "O que você procura não está mais disponível.",
    "other_link": "Este formulário é de outro link. Abra de novo o link do e-mail mais recente.",
    "parse_error": "O servidor não conseguiu ler o que foi enviado. Tente novamente.",
    "passkey_refused": "Não foi possível verificar esta chave de acesso. Tente novamente.",
    "passkeys_disabled": "As chaves de acesso estão desativadas neste servidor.",
    "permission_denied": "Você não tem permissão para fazer isso.",
    "provider_email_unverified": "O provedor não confirma seu endereço de e-mail. Faça login de outra forma ou cadastre-se com uma senha. Depois, conecte o provedor em seu perfil.",
    "provider_not_configured": "Este servidor não oferece esta forma de login.",
    "provider_unavailable": "Não é possível acessar o provedor no momento. Tente novamente em instantes.",
    "recovery_codes_locked": "Os códigos de recuperação estão bloqueados para sua conta. Use uma chave de acesso ou um aplicativo autenticador.",
    "request_too_large": "Isso é mais do que o servidor aceita. Envie menos.",
    "session_expired": "Sua sessão expirou. Faça login e tente novamente.",
    "setup_not_initiated": "Esta etapa demorou demais. Comece a configuração novamente.",
    "social_account_in_use": "Sua conta no provedor já está conectada a outra conta aqui.",
    "storage_unavailable": "Este dispositivo não consegue manter sua sessão no momento. Feche outras páginas e tente novamente.",
    "throttled": "Muitas tentativas. Aguarde um pouco e tente novamente.",
    "timeout": "O servidor não respondeu a tempo. Nada se perdeu: tente novamente em instantes.",
    "token_not_valid": "Sua sessão terminou. Faça login e tente novamente.",
    "token_required": "O servidor não conseguiu ler o que foi enviado. Tente novamente.",
    "too_many_connections": "Você tem contas conectadas demais. Desconecte uma primeiro.",
    "too_many_passkeys": "Você tem chaves de acesso demais. Remova uma primeiro.",
    "totp_already_active": "Um aplicativo autenticador já está configurado.",
    "totp_locked": "Os códigos estão bloqueados para sua conta. Use uma chave de acesso ou um código de recuperação.",
    "totp_not_active": "O login em duas etapas não está ativado.",
    "unavailable": "O servidor está ocupado no momento. Nada se perdeu: tente novamente em instantes.",
    "unexpected_answer": "A resposta não veio do servidor. Verifique sua conexão e tente novamente.",
    "unknown_passkey": "Esta chave de acesso não é conhecida aqui. Use outra.",
    "unsupported_media_type": "O servidor não consegue ler dados deste tipo.",
    "use_dpop_nonce": "O servidor não conseguiu verificar este dispositivo. Tente novamente, ou saia e faça login de novo.",
    "user_inactive": "Esta conta foi desativada.",
    "user_not_found": "Esta conta não existe mais."
  },
  "denials": {
    "lastSuperuser": "Este é o último superusuário ativo. Defina outro primeiro.",
    "ownAccount": "Você não pode fazer isso com a sua própria conta."
  },
  "fields": {
    "blank": "Preencha este campo.",
    "controlCharacters": "Este texto tem caracteres que não podem ser exibidos.",
    "deactivatedAccount": "Esta conta está desativada.",
    "newPasswordsDiffer": "As duas senhas não são iguais.",
    "noInvitation": "Este servidor não envia e-mails, então não é possível convidar ninguém. Escolha uma senha.",
    "noMail": "Este servidor não envia e-mails.",
    "notABoolean": "Escolha sim ou não.",
    "notAChallenge": "Digite um texto legível.",
    "notACursor": "Esta lista mudou. Comece pelo início.",
    "notALanding": "O servidor não permite este endereço.",
    "notALanguage": "Este idioma não está disponível. Escolha outro.",
    "notAPrompt": "Digite um texto legível.",
    "notAReturn": "O servidor não permite este endereço.",
    "notAString": "Digite um texto legível.",
    "notATime": "Informe uma data e um horário.",
    "notAnAddress": "Digite um endereço de e-mail válido.",
    "notAnInteger": "Digite um número inteiro.",
    "notOneProof": "Confirme de uma única forma que é você.",
    "null": "Preencha este campo.",
    "nullCharacters": "Este texto tem caracteres que não podem ser armazenados.",
    "passwordNumeric": "Esta senha só tem números. Adicione letras.",
    "passwordTooCommon": "Esta senha é comum demais.",
    "passwordTooShort": "Esta senha é curta demais. Use pelo menos 8 caracteres.",
    "passwordsDiffer": "As duas senhas não são iguais.",
    "required": "Preencha este campo.",
    "similarToEmailAddress": "Esta senha é parecida demais com o endereço de e-mail.",
    "similarToFirstName": "Esta senha é parecida demais com o nome.",
    "similarToLastName": "Esta senha é parecida demais com o sobrenome.",
    "takenAddress": "Já existe uma conta com este endereço de e-mail.",
    "tooLarge": {
      "other": "Digite {count} ou menos."
    },
    "tooLong": {
      "one": "Digite no máximo {count} caractere.",
      "many": "Digite no máximo {count} de caracteres.",
      "other": "Digite no máximo {count} caracteres."
    },
    "tooShort": {
      "one": "Digite pelo menos {count} caractere.",
      "many": "Digite pelo menos {count} de caracteres.",
      "other": "Digite pelo menos {count} caracteres."
    },
    "tooSmall": {
      "other": "Digite {count} ou mais."
    },
    "unprintableCharacters": "Este texto tem caracteres que não podem ser exibidos.",
    "useSecondFactor": "Use o seu segundo fator.",
    "wrongOldPassword": "Esta não é a sua senha atual.",
    "wrongPassword": "Esta não é a sua senha."
  },
  "signedOut": {
    "account_gone": "Esta conta foi excluída ou desativada.",
    "expired": "Sua sessão expirou. Faça login para continuar.",
    "key_lost": "A chave da sua sessão não está mais neste dispositivo. Faça login para continuar.",
    "session_ended": "Sua sessão terminou. Faça login para continuar.",
    "signed_out": "Você saiu da conta."
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
    "throttled": "Muitas tentativas. Tente novamente em {wait}.",
    "unavailable": "O servidor está ocupado no momento. Nada se perdeu: tente novamente em {wait}."
  },
  "deadLink": "Este link não funciona mais. Peça um novo.",
  "offline": "Você está off-line. Nada se perdeu: tente novamente quando estiver on-line.",
  "unknown": "Algo deu errado aqui. Tente novamente."
}
