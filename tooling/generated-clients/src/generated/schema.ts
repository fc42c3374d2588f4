export interface paths {
    "/login/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Opens a session. An unknown address and a wrong password get the same answer. Where a second factor is due, the answer names the next step and has no tokens.
         */
        post: operations["rest_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reauthenticate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that it is you
         * @description Takes exactly one of the fields, and `code_verifier` beside `social_code`. Opens a successor of the session, in which what asks for a recent proof works. The tokens of before work until the grace is over, and gain nothing. Where a second factor is on, a password and a provider are refused.
         */
        post: operations["reauthenticate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reauthenticate/options/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to confirm with a passkey
         * @description The options name the account's passkeys. Only the session that asked can send the credential.
         */
        post: operations["reauthenticate_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refresh/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for a new pair
         * @description A refresh token works once. One that was replaced longer ago than the grace ends its session: two parties hold it. A retry with the `Idempotency-Key` of the lost answer gets it again, also after the grace, until the token expires.
         */
        post: operations["token_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logout/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out of one session
         * @description An expired access token, or one whose session has ended, still authenticates this one call.
         */
        post: operations["rest_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logout-all/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out of every session
         * @description Ends every session of the account, the caller's too.
         */
        post: operations["rest_logout_all"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mfa/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the state of one's own second factors
         * @description Whether a second factor is on or demanded, what works, and how many recovery codes are left.
         */
        get: operations["mfa_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mfa/authenticators/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one's own second factors
         * @description The oldest comes first.
         */
        get: operations["jwt_allauth_mfa_authenticators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mfa/setup/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a secret for an authenticator app
         * @description The secret is in force from its first code on. A second call makes another one, and the one before is dead. A working app stays in force until then.
         */
        post: operations["jwt_allauth_mfa_setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mfa/activate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put an authenticator app in force
         * @description The first factor turns the second step of a sign-in on: the answer has recovery codes, and every other session with one factor ends. A sign-in that had to set up a factor gets its tokens here.
         */
        post: operations["jwt_allauth_mfa_activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mfa/verify/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a sign-in with a code of an authenticator app
         * @description A code works once. The fifth wrong answer ends the challenge. Too many wrong codes lock codes alone: passkeys and recovery codes work on.
         */
        post: operations["jwt_allauth_mfa_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mfa/verify-recovery/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a sign-in with a recovery code
         * @description A code works once, also while the codes of the app are locked. Too many wrong short codes lock short codes.
         */
        post: operations["jwt_allauth_mfa_verify_recovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mfa/verify-passkey/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a sign-in with a passkey
         * @description The `passkey_options` of the sign-in say what the browser must ask for.
         */
        post: operations["mfa_verify_passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mfa/enable/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for the passkey at each sign-in with the password
         * @description The answer has recovery codes. Other sessions with one factor end. Nothing changes when the second factor is on.
         */
        post: operations["mfa_enable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mfa/recovery-codes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make new recovery codes
         * @description The former ones are dead.
         */
        post: operations["mfa_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mfa/deactivate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn the second factor off
         * @description The authenticator app and the recovery codes are gone. Passkeys stay, and still sign in.
         */
        post: operations["jwt_allauth_mfa_deactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/passkeys/sign-in/options/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for the options of a sign-in with a passkey
         * @description They name no user, so every caller gets the same but for the challenge.
         */
        post: operations["passkeys_sign_in_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/passkeys/sign-in/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a passkey
         * @description The challenge in the answer names the options, which work once. A passkey is two factors, so no second one is asked for.
         */
        post: operations["passkeys_sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/passkeys/options/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for the options of a new passkey
         * @description Only the session that asked can add the passkey.
         */
        post: operations["passkeys_register_options"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/passkeys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one's own passkeys
         * @description The oldest comes first.
         */
        get: operations["passkeys_list"];
        put?: never;
        /**
         * Add a passkey
         * @description A passkey makes no second factor compulsory: `POST /mfa/enable/` does. A sign-in that had to set up a factor gets its tokens and recovery codes here, and its second factor is on.
         */
        post: operations["passkeys_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/passkeys/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove one of one's own passkeys
         * @description Every other session that it opened ends. With the last factor the second step at sign-in is turned off, and the recovery codes go. Another user's passkey and an unknown one get the same answer.
         */
        delete: operations["passkeys_delete"];
        options?: never;
        head?: never;
        /**
         * Rename one of one's own passkeys
         * @description Another user's passkey and an unknown one get the same answer.
         */
        patch: operations["passkeys_rename"];
        trace?: never;
    };
    "/social/providers/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the providers that people may sign in with
         * @description In their order.
         */
        get: operations["jwt_allauth_social_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/social/{provider}/token/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with tokens of a provider
         * @description Opens a session, or answers with the next step where a second factor is due. An unknown account of the provider is connected to the user that has proven its address, or becomes a user.
         */
        post: operations["jwt_allauth_social_token_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/social/{provider}/code/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a code of a provider
         * @description Opens a session, or answers with the next step where a second factor is due. An unknown account of the provider is connected to the user that has proven its address, or becomes a user.
         */
        post: operations["jwt_allauth_social_code_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/social/{provider}/connect/token/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect an account at a provider by its tokens
         * @description The provider's address is not looked at. No session is opened or closed.
         */
        post: operations["jwt_allauth_social_token_connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/social/{provider}/connect/code/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect an account at a provider by its code
         * @description The provider's address is not looked at. No session is opened or closed.
         */
        post: operations["jwt_allauth_social_code_connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/social/accounts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one's own accounts at providers
         * @description Oldest first.
         */
        get: operations["jwt_allauth_social_accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/social/accounts/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect one of one's own accounts at providers
         * @description Sessions that it opened stay. The last way in cannot be removed: a password, a passkey or another account must be left. Another user's account and an unknown one get the same answer.
         */
        delete: operations["jwt_allauth_social_disconnect"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/social/session/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in after a redirect to a provider
         * @description Redeems the code of `return_to`, once and within a minute. A code that another app or browser began is refused.
         */
        post: operations["social_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/social/connect/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect an account after a redirect to a provider
         * @description Redeems the code of `return_to`. It connects to the caller, and opens or ends no session.
         */
        post: operations["social_connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign up
         * @description Mails a link that makes the account; the answer is the same for a taken address.
         */
        post: operations["rest_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration/verification/{key}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a verification link
         * @description Leads on to `EMAIL_VERIFIED_REDIRECT` or the built-in page. HEAD changes nothing.
         */
        get: operations["account_confirm_email"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration/resend-email/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the verification mail again
         * @description The answer is the same whether or not the address waits for one. With the `password` of a sign-up only its link is mailed. Without it the mail lists every sign-up of the address.
         */
        post: operations["rest_resend_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password/change/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description Every session ends; the caller's goes on under the tokens in the answer.
         */
        post: operations["rest_password_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password/reset/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a password reset
         * @description The answer is the same whether or not an account holds the address.
         */
        post: operations["rest_password_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password/reset/set-new/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password by a reset link
         * @description Proven by the cookie of the opened link, or by the `token` of the link itself. Every other session and link ends. Where a second factor is due, the answer names the next step and has no tokens. To the post of a browser form the answer is a redirect, or the form with its errors.
         */
        post: operations["rest_password_reset_set_new"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/email/change/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the pending change of address
         * @description `pending` is null when no change waits for its link.
         */
        get: operations["email_change_pending"];
        put?: never;
        /**
         * Ask for another address
         * @description A link goes to the new address and a notice to the old; nothing changes until it is followed. It voids the link of an earlier request.
         */
        post: operations["email_change"];
        /**
         * Cancel the pending change of address
         * @description Its link becomes void. Without a pending change nothing happens.
         */
        delete: operations["email_change_cancel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/email/change/confirm/{key}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the link of a change of address
         * @description The address becomes the new one and other sessions end. HEAD changes nothing.
         */
        get: operations["email_change_confirm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one's own details
         * @description The address, the names and the language of the caller, as they are now.
         */
        get: operations["rest_user_details"];
        /**
         * Change one's own details
         * @description Names may be blank. What is left out stays. The address is never changed here, whatever is sent.
         */
        put: operations["rest_user_details_update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change some of one's own details
         * @description Names may be blank. What is left out stays. The address is never changed here, whatever is sent.
         */
        patch: operations["rest_user_details_partial_update"];
        trace?: never;
    };
    "/user/delete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete one's own account
         * @description The account and its sessions are gone at once. The last active superuser is refused.
         */
        post: operations["user_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one's own sessions
         * @description The one last seen comes first.
         */
        get: operations["sessions_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of one's own sessions
         * @description Another user's session and an unknown one get the same answer.
         */
        delete: operations["sessions_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened to one's own account
         * @description The newest first. What staff did says so, but not which member of it.
         */
        get: operations["security_events_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/users/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List and search accounts
         * @description The newest first. With a filter, a page examines a bounded number of accounts, so it may be short or empty and still lead on by `next_cursor`.
         */
        get: operations["staff_users_list"];
        put?: never;
        /**
         * Make an account
         * @description Without a password its owner is invited by a reset link. A role other than 0 takes a superuser.
         */
        post: operations["staff_users_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/users/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an account
         * @description The details that staff see, of an inactive account too.
         */
        get: operations["staff_users_get"];
        put?: never;
        post?: never;
        /**
         * Delete an account
         * @description Erases what tells of its owner; the skeleton of its audit trail stays.
         */
        delete: operations["staff_users_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/users/{id}/deactivate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deactivate an account
         * @description Ends every session and link of it at once.
         */
        post: operations["staff_users_deactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/users/{id}/reactivate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reactivate an account
         * @description It may sign in again; no session comes back.
         */
        post: operations["staff_users_reactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/users/{id}/role/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an account another role
         * @description Superusers alone. Its sessions end, since their tokens speak of the old role.
         */
        post: operations["staff_users_set_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/users/{id}/reset/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail an account's owner a link for a new password
         * @description A deactivated account is refused.
         */
        post: operations["staff_users_send_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/users/{id}/reset-factors/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove an account's second factors
         * @description Its app, passkeys, recovery codes, sessions and links are gone. Its password works no longer, and its owner is mailed a link for a new one. A server that sends no mail keeps the password, and lets superusers alone do it.
         */
        post: operations["staff_users_reset_factors"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/users/{id}/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions of an account
         * @description Those of staff and superusers, superusers alone.
         */
        get: operations["staff_sessions_list"];
        put?: never;
        post?: never;
        /**
         * End every session of an account
         * @description Their tokens are refused from then on. The account may sign in again.
         */
        delete: operations["staff_sessions_end_all"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/users/{id}/sessions/{session_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one session of an account
         * @description Its tokens are refused from then on.
         */
        delete: operations["staff_sessions_end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/users/{id}/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened to an account
         * @description The newest first. Those of staff and superusers, superusers alone.
         */
        get: operations["staff_events_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password/reset/confirm/{uidb64}/{token}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open a reset link
         * @description Consumes nothing: the link works until a password is set or it expires.
         */
        get: operations["password_reset_confirm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password/reset/default/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The form for a new password
         * @description Works after a reset link was opened in the same browser.
         */
        get: operations["default_password_reset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password/reset/complete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page behind the form
         * @description Says that the new password works.
         */
        get: operations["jwt_allauth_password_reset_complete"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration/account_email_verification_sent/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page that says to look into the mailbox
         * @description For a frontend that sends people there after a sign-up.
         */
        get: operations["account_email_verification_sent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/registration/verified/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page a verification link leads to
         * @description Says that the address is confirmed.
         */
        get: operations["jwt_allauth_email_verified"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/email/change/complete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page a change of address leads to
         * @description Says that the address was changed.
         */
        get: operations["email_change_complete"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/social/{provider}/start/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Go to a provider to sign in there
         * @description A browser opens it as a page: it sets a cookie, which an answer to a fetch from another site cannot. The outcome comes to `return_to` as `code` or `error`.
         */
        get: operations["social_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/social/{provider}/callback/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from a provider
         * @description The `redirect_uri` at the provider. A page is shown where no attempt of this browser is known.
         */
        get: operations["social_callback"];
        put?: never;
        /**
         * Come back from a provider, by a form
         * @description For a provider that posts its answer. The fields are the parameters of GET.
         */
        post: operations["social_callback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Asks nothing of the database.
         */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the database reachable and migrated?
         * @description A server that is about to stop is not ready, although it still serves.
         */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The keys access tokens are verified with
         * @description A JSON Web Key Set (RFC 7517). A next key is published long before it signs.
         */
        get: operations["jwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description A word for programs. A client decides by it.
         * @enum {string}
         */
        RefusalCode: "invalid" | "parse_error" | "not_authenticated" | "bad_authorization_header" | "token_not_valid" | "session_expired" | "user_not_found" | "user_inactive" | "incorrect_credentials" | "email_not_verified" | "no_active_account" | "permission_denied" | "insufficient_user_authentication" | "other_link" | "mfa_disabled" | "mfa_required" | "totp_locked" | "recovery_codes_locked" | "challenge_invalid" | "challenge_exhausted" | "invalid_code" | "invalid_recovery_code" | "invalid_password" | "setup_not_initiated" | "totp_already_active" | "totp_not_active" | "no_second_factor" | "mfa_locked" | "passkeys_disabled" | "passkey_refused" | "too_many_passkeys" | "unknown_passkey" | "provider_not_configured" | "flow_not_supported" | "callback_url_not_allowed" | "token_required" | "provider_email_unverified" | "client_id_mismatch" | "invalid_social_token" | "provider_unavailable" | "social_account_in_use" | "email_already_registered" | "local_account_unverified" | "too_many_connections" | "disconnect_not_allowed" | "no_usable_password" | "dpop_required" | "invalid_dpop_proof" | "use_dpop_nonce" | "csrf_failed" | "not_found" | "method_not_allowed" | "unsupported_media_type" | "request_too_large" | "invalid_idempotency_key" | "idempotency_key_reused" | "throttled" | "unavailable" | "error";
        /** @description A right first factor; the second one is due. */
        SecondFactorRequired: {
            /** @description Where tokens would come with a sentence. */
            detail?: string;
            /** @constant */
            mfa_required: true;
            /** @description 43 characters. It opens the next step, and nothing else. */
            challenge_id: string;
            methods: ("passkey" | "totp" | "recovery_code")[];
            expires_in: components["schemas"]["ExpiresIn"];
            /** @description Only with `passkey` among the methods. */
            passkey_options?: components["schemas"]["PasskeyRequest"];
        };
        /** @description For `PublicKeyCredential.parseRequestOptionsFromJSON`. */
        PasskeyRequest: {
            challenge: string;
            /** @example auth.example.com */
            rpId: string;
            timeout: components["schemas"]["Timeout"];
            /** @constant */
            userVerification: "required";
            allowCredentials: {
                /** @constant */
                type: "public-key";
                id: string;
                transports: string[];
            }[];
        };
        /** @description A right first factor; a second one has to be set up. */
        SetupRequired: {
            /** @description Where tokens would come with a sentence. */
            detail?: string;
            /** @constant */
            mfa_setup_required: true;
            /** @description 43 characters. It opens the next step, and nothing else. */
            setup_challenge_id: string;
            methods: ("totp" | "passkey")[];
            expires_in: components["schemas"]["ExpiresIn"];
        };
        /** @description The tokens of a session. */
        TokenPair: {
            /** @description Access token, to be sent as a bearer. */
            access: string;
            refresh: components["schemas"]["Refresh"];
            bound?: components["schemas"]["Bound"];
        };
        /** @description The second factors of a user. */
        MfaStatus: {
            /** @description Whether a sign-in with the password asks for a second factor. */
            enabled: boolean;
            /** @description Whether this server demands one of this account. */
            required: boolean;
            /** @description Those that work now. */
            methods: ("passkey" | "totp" | "recovery_code")[];
            recovery_codes_left: number;
        };
        /** @description An authenticator app, the recovery codes, or a passkey. */
        Authenticator: {
            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
            id: string;
            /** @enum {string} */
            type: "totp" | "recovery_codes" | "webauthn";
            created_at: components["schemas"]["Time"];
            last_used_at: components["schemas"]["Time"] | null;
            /** @description Of recovery codes: how many are unused. */
            left?: number;
            /** @description Of a passkey. */
            name?: string;
        };
        /**
         * Format: date-time
         * @description ISO 8601, in UTC.
         * @example 2026-01-31T12:00:00.000Z
         */
        Time: string;
        /** @description For `PublicKeyCredential.parseCreationOptionsFromJSON`. */
        PasskeyCreation: {
            challenge: string;
            rp: {
                /** @example auth.example.com */
                id: string;
                name: string;
            };
            user: {
                id: string;
                name: string;
                displayName: string;
            };
            pubKeyCredParams: {
                /** @constant */
                type: "public-key";
                alg: number;
            }[];
            timeout: components["schemas"]["Timeout"];
            /** @constant */
            attestation: "none";
            authenticatorSelection: {
                /** @constant */
                residentKey: "required";
                /** @constant */
                requireResidentKey: true;
                /** @constant */
                userVerification: "required";
            };
            excludeCredentials: {
                /** @constant */
                type: "public-key";
                /**
                 * @description The id that the authenticator chose, base64url.
                 * @example dGhlIGlkIG9mIGEga2V5
                 */
                id: string;
                /**
                 * @example [
                 *       "internal",
                 *       "hybrid"
                 *     ]
                 */
                transports: string[];
            }[];
        };
        PasskeyList: {
            passkeys: components["schemas"]["Passkey"][];
            /**
             * @description The domain of the passkeys.
             * @example auth.example.com
             */
            rp_id: string;
            /** @description The id of the user in its passkeys: 16 bytes, base64url. */
            user_handle: string;
        };
        /** @description A passkey of a user. */
        Passkey: {
            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
            id: string;
            credential_id: components["schemas"]["CredentialId"];
            /** @example iCloud Keychain */
            name: string;
            created_at: components["schemas"]["Time"];
            last_used_at: components["schemas"]["Time"] | null;
            /** @description Whether it is synced to other devices. */
            backed_up: boolean;
        };
        /** @description A provider that people may sign in with. */
        Provider: {
            /**
             * @description The id of the provider.
             * @example google
             */
            id: string;
            /** @example Google */
            name: string;
            /** @description The first client id: that of the web. */
            client_id: string;
        };
        /** @description An account at a provider that signs a user in. */
        Connection: {
            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
            id: string;
            /**
             * @description The id of the provider.
             * @example google
             */
            provider: string;
            /**
             * @description How the provider names the account.
             * @example 248289761001
             */
            uid: string;
            /** @description The last sign-in by it, or when it was connected. */
            last_login: components["schemas"]["Time"];
            /** @description When it was connected. */
            date_joined: components["schemas"]["Time"];
        };
        /** @description A change of address that waits for its link. */
        PendingEmailChange: {
            /** @example ada@example.org */
            new_email: string;
            requested_at: components["schemas"]["Time"];
            expires_at: components["schemas"]["Time"];
        };
        /** @description The details of a user, as the user sees them. */
        User: {
            /** @example ada@example.com */
            email: string;
            /** @example Ada */
            first_name: string;
            /** @example Lovelace */
            last_name: string;
            language: components["schemas"]["Language"];
            /** @description Whether a password signs the user in. One who came by a provider may have none. */
            has_usable_password: boolean;
        };
        SessionList: {
            sessions: components["schemas"]["Session"][];
        };
        /** @description A session of a user. */
        Session: {
            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
            id: string;
            /** @description Whether it is the session of this request. */
            current: boolean;
            created_at: components["schemas"]["Time"];
            last_seen_at: components["schemas"]["Time"];
            expires_at: components["schemas"]["Time"];
            /** @example 192.0.2.1 */
            ip: string | null;
            browser: string | null;
            os: string | null;
            device: string | null;
        };
        SecurityEventPage: {
            events: components["schemas"]["SecurityEvent"][];
            next_cursor: components["schemas"]["NextCursor"];
        };
        /** @description An event of a user. */
        SecurityEvent: {
            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
            id: string;
            /**
             * @description What happened.
             * @example login
             */
            kind: string;
            created_at: components["schemas"]["Time"];
            actor: components["schemas"]["Actor"];
            session_id: string | null;
            /** @example 192.0.2.1 */
            ip: string | null;
            browser: string | null;
            os: string | null;
            device: string | null;
            details: components["schemas"]["Details"];
        };
        StaffUserPage: {
            users: components["schemas"]["StaffUser"][];
            next_cursor: components["schemas"]["NextCursor"];
        };
        /** @description A user, as staff see the user. */
        StaffUser: {
            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
            id: string;
            /** @description The claim `user_id`; null when it is `id`. */
            external_id: string | null;
            /** @example ada@example.com */
            email: string;
            /** @example Ada */
            first_name: string;
            /** @example Lovelace */
            last_name: string;
            language: components["schemas"]["Language"];
            role: components["schemas"]["Role"];
            is_active: boolean;
            email_verified: boolean;
            /** @description Whether a sign-in asks for a second factor. */
            second_factor: boolean;
            /**
             * @description How many passkeys the account has.
             * @example 1
             */
            passkeys: number;
            /**
             * @description The providers whose accounts sign the account in, the oldest connection first.
             * @example [
             *       "google"
             *     ]
             */
            connections: string[];
            created_at: components["schemas"]["Time"];
            /** @description When a session of the account was last used; null when it is signed in nowhere. */
            last_seen_at: components["schemas"]["Time"] | null;
        };
        StaffEventPage: {
            events: components["schemas"]["StaffEvent"][];
            next_cursor: components["schemas"]["NextCursor"];
        };
        /** @description An event of a user, as staff see it. */
        StaffEvent: {
            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
            id: string;
            /**
             * @description What happened.
             * @example login
             */
            kind: string;
            created_at: components["schemas"]["Time"];
            actor: components["schemas"]["Actor"];
            session_id: string | null;
            /** @example 192.0.2.1 */
            ip: string | null;
            browser: string | null;
            os: string | null;
            device: string | null;
            details: components["schemas"]["Details"];
            /** @description The account that did it, where one proved to. */
            actor_id: string | null;
        };
        /** @description Every refusal that is not about fields. */
        Refusal: {
            /** @description A sentence for people. */
            detail: string;
            code: components["schemas"]["RefusalCode"];
            /** @description How old a proof may be, in seconds. */
            max_age?: number;
            /**
             * @description The level that the session needs.
             * @constant
             */
            acr_values?: "aal2";
            /** @description What `POST /reauthenticate/` takes from this account. Empty: it must set up a factor first. */
            methods?: ("passkey" | "totp" | "recovery_code" | "password" | "social")[];
            /** @description Why a bearer token was refused. */
            messages?: {
                /** @constant */
                token_class: "AccessToken";
                /** @constant */
                token_type: "access";
                /** @enum {string} */
                message: "Token is expired" | "Token is invalid" | "Token has wrong type";
            }[];
        };
        Page: string;
        /**
         * @example {
         *       "detail": "JSON parse error - the body is not valid JSON.",
         *       "code": "parse_error"
         *     }
         */
        ParseError: components["schemas"]["Refusal"] & {
            /** @enum {unknown} */
            code?: "parse_error";
        };
        /**
         * @description Sentences for people, one for each rule that the field breaks.
         * @example [
         *       "This field is required."
         *     ]
         */
        Faults: string[];
        LoginErrors: {
            email?: components["schemas"]["Faults"];
            password?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        LoginAnswer: components["schemas"]["SecondFactorRequired"] | components["schemas"]["SetupRequired"] | components["schemas"]["TokenPair"];
        LoginInput: {
            /** @example ada@example.com */
            email: string;
            /**
             * Format: password
             * @example correct horse battery
             */
            password: string;
        };
        ReauthenticateErrors: {
            password?: components["schemas"]["Faults"];
            code?: components["schemas"]["Faults"];
            recovery_code?: components["schemas"]["Faults"];
            credential?: components["schemas"]["Faults"];
            social_code?: components["schemas"]["Faults"];
            code_verifier?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        ReauthenticateAnswer: {
            /** @example Confirmed. */
            detail: string;
            /** @description Access token, to be sent as a bearer. */
            access?: string;
            bound?: components["schemas"]["Bound"];
            refresh?: components["schemas"]["Refresh"];
        };
        ReauthenticateInput: {
            /**
             * Format: password
             * @example correct horse battery
             */
            password?: string;
            code?: components["schemas"]["Code"];
            recovery_code?: components["schemas"]["RecoveryCode"];
            credential?: components["schemas"]["Credential"];
            /** @description The `code` in `return_to` of a connected account; the start had `prompt=login`. */
            social_code?: string;
            /** @description Only with `social_code`. */
            code_verifier?: string;
        };
        NonFieldErrors: {
            non_field_errors?: components["schemas"]["Faults"];
        };
        DescribeReauthenticationAnswer: {
            options: components["schemas"]["PasskeyRequest"];
        };
        RefreshSessionErrors: {
            refresh?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        RefreshSessionInput: {
            /** @description The refresh token last given. */
            refresh: string;
        };
        LogoutErrors: components["schemas"]["RefreshSessionErrors"];
        /** @description A sentence that tells what was done. */
        Detail: {
            detail: string;
        };
        LogoutInput: components["schemas"]["RefreshSessionInput"];
        ListAuthenticatorsAnswer: components["schemas"]["Authenticator"][];
        SetUpTotpErrors: {
            setup_challenge_id?: components["schemas"]["Faults"];
            replace?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        SetUpTotpAnswer: {
            /** @description 32 symbols of base32. */
            secret: string;
            /** @description The same as an `otpauth://` address. */
            provisioning_uri: string;
            /** @description The address as a QR code: SVG. */
            qr_code: string;
            /**
             * @description Seconds until the secret is dead.
             * @example 900
             */
            expires_in: number;
        };
        SetUpTotpInput: {
            setup_challenge_id?: components["schemas"]["SetupChallengeId"];
            /** @description Whether a working app is to be replaced. */
            replace?: boolean;
        };
        ActivateTotpErrors: {
            code?: components["schemas"]["Faults"];
            setup_challenge_id?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        ActivateTotpAnswer: {
            /** @constant */
            success: true;
            recovery_codes?: components["schemas"]["RecoveryCodes"];
            /** @description Access token, to be sent as a bearer. */
            access?: string;
            bound?: components["schemas"]["Bound"];
            refresh?: components["schemas"]["Refresh"];
        };
        ActivateTotpInput: {
            code: components["schemas"]["Code"];
            setup_challenge_id?: components["schemas"]["SetupChallengeId"];
        };
        VerifyTotpErrors: {
            challenge_id?: components["schemas"]["Faults"];
            code?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        VerifyTotpInput: {
            challenge_id: components["schemas"]["ChallengeId"];
            code: components["schemas"]["Code"];
        };
        VerifyRecoveryCodeErrors: {
            challenge_id?: components["schemas"]["Faults"];
            recovery_code?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        VerifyRecoveryCodeInput: {
            challenge_id: components["schemas"]["ChallengeId"];
            recovery_code: components["schemas"]["RecoveryCode"];
        };
        VerifyPasskeyErrors: {
            challenge_id?: components["schemas"]["Faults"];
            credential?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        VerifyPasskeyInput: {
            challenge_id: components["schemas"]["ChallengeId"];
            credential: components["schemas"]["Credential"];
        };
        EnableSecondFactorAnswer: {
            /** @constant */
            success: true;
            recovery_codes?: components["schemas"]["RecoveryCodes"];
        };
        ReplaceRecoveryCodesAnswer: {
            recovery_codes: components["schemas"]["RecoveryCodes"];
        };
        DeactivateSecondFactorErrors: {
            password?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        DeactivateSecondFactorAnswer: {
            /** @constant */
            success: true;
        };
        DeactivateSecondFactorInput: {
            /**
             * Format: password
             * @description Required of a user who has a password. A user without one leaves it out, and needs a recent proof.
             * @example correct horse battery
             */
            password?: string;
        };
        DescribePasskeySignInAnswer: components["schemas"]["DescribeReauthenticationAnswer"];
        SignInWithPasskeyErrors: {
            credential?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        SignInWithPasskeyInput: {
            credential: components["schemas"]["Credential"];
        };
        DescribePasskeyRegistrationErrors: {
            setup_challenge_id?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        DescribePasskeyRegistrationAnswer: {
            options: components["schemas"]["PasskeyCreation"];
        };
        DescribePasskeyRegistrationInput: {
            setup_challenge_id?: components["schemas"]["SetupChallengeId"];
        };
        RegisterPasskeyErrors: {
            credential?: components["schemas"]["Faults"];
            name?: components["schemas"]["Faults"];
            setup_challenge_id?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        RegisterPasskeyAnswer: {
            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
            id: string;
            credential_id: components["schemas"]["CredentialId"];
            /** @example iCloud Keychain */
            name: string;
            created_at: components["schemas"]["Time"];
            last_used_at: components["schemas"]["Time"] | null;
            /** @description Whether it is synced to other devices. */
            backed_up: boolean;
            recovery_codes?: components["schemas"]["RecoveryCodes"];
            /** @description Access token, to be sent as a bearer. */
            access?: string;
            bound?: components["schemas"]["Bound"];
            refresh?: components["schemas"]["Refresh"];
        };
        RegisterPasskeyInput: {
            /** @description The answer of `navigator.credentials.create`, by `toJSON()`. */
            credential: {
                id: string;
                rawId: string;
                /** @example public-key */
                type: string;
                response: {
                    clientDataJSON: string;
                    attestationObject: string;
                    transports?: string[] | null;
                };
            };
            /** @description Without it: the provider of the passkey, else the browser and the system. */
            name?: string;
            setup_challenge_id?: components["schemas"]["SetupChallengeId"];
        };
        RenamePasskeyErrors: {
            name?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        RenamePasskeyInput: {
            name: string;
        };
        ListProvidersAnswer: components["schemas"]["Provider"][];
        SignInWithProviderTokenErrors: {
            id_token?: components["schemas"]["Faults"];
            access_token?: components["schemas"]["Faults"];
            client_id?: components["schemas"]["Faults"];
            nonce?: components["schemas"]["Faults"];
            first_name?: components["schemas"]["Faults"];
            last_name?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        SignInWithProviderTokenAnswer: components["schemas"]["LoginAnswer"];
        SignInWithProviderTokenInput: {
            id_token?: string;
            access_token?: string;
            client_id?: components["schemas"]["ClientId"];
            nonce?: components["schemas"]["Nonce"];
            first_name?: components["schemas"]["FirstName"];
            last_name?: string;
        };
        SignInWithProviderCodeErrors: {
            code?: components["schemas"]["Faults"];
            callback_url?: components["schemas"]["Faults"];
            code_verifier?: components["schemas"]["Faults"];
            client_id?: components["schemas"]["Faults"];
            nonce?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        SignInWithProviderCodeAnswer: components["schemas"]["LoginAnswer"];
        SignInWithProviderCodeInput: {
            code: string;
            callback_url: components["schemas"]["CallbackUrl"];
            code_verifier: components["schemas"]["CodeVerifier"];
            client_id?: components["schemas"]["ClientId"];
            nonce?: components["schemas"]["Nonce"];
        };
        ConnectProviderTokenErrors: components["schemas"]["SignInWithProviderTokenErrors"];
        ConnectProviderTokenInput: components["schemas"]["SignInWithProviderTokenInput"];
        ConnectProviderCodeErrors: components["schemas"]["SignInWithProviderCodeErrors"];
        ConnectProviderCodeInput: components["schemas"]["SignInWithProviderCodeInput"];
        ListConnectionsAnswer: components["schemas"]["Connection"][];
        OpenSocialSessionErrors: {
            code?: components["schemas"]["Faults"];
            code_verifier?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        OpenSocialSessionAnswer: components["schemas"]["LoginAnswer"];
        OpenSocialSessionInput: {
            /** @description The `code` in the address to which the browser returned. */
            code: string;
            /** @description The verifier whose S256 was the `code_challenge`. Only its owner redeems the code. */
            code_verifier: string;
        };
        ConnectSocialAccountErrors: components["schemas"]["OpenSocialSessionErrors"];
        ConnectSocialAccountInput: components["schemas"]["OpenSocialSessionInput"];
        RegisterErrors: {
            email?: components["schemas"]["Faults"];
            password1?: components["schemas"]["Faults"];
            password2?: components["schemas"]["Faults"];
            first_name?: components["schemas"]["Faults"];
            last_name?: components["schemas"]["Faults"];
            language?: components["schemas"]["Faults"];
            redirect_to?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        RegisterInput: {
            email: components["schemas"]["Email"];
            password1: components["schemas"]["Password"];
            password2: components["schemas"]["Password"];
            /** @example Ada */
            first_name: string;
            /** @example Lovelace */
            last_name: string;
            /**
             * @description The language of mails. Without it, or when the server does not speak it: that of `Accept-Language`.
             * @example de
             */
            language?: string | null;
            redirect_to?: components["schemas"]["RedirectTo"];
        };
        ResendVerificationErrors: {
            email?: components["schemas"]["Faults"];
            password?: components["schemas"]["Faults"];
            redirect_to?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        ResendVerificationInput: {
            /**
             * Format: email
             * @example ada@example.com
             */
            email: string;
            /**
             * Format: password
             * @description The password of one sign-up.
             * @example correct horse battery
             */
            password?: string;
            redirect_to?: components["schemas"]["RedirectTo"];
        };
        ChangePasswordErrors: {
            old_password?: components["schemas"]["Faults"];
            new_password1?: components["schemas"]["Faults"];
            new_password2?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        ChangePasswordAnswer: {
            /** @example New password has been saved. */
            detail: string;
            /** @description Access token, to be sent as a bearer. */
            access?: string;
            bound?: components["schemas"]["Bound"];
            refresh?: components["schemas"]["Refresh"];
        };
        ChangePasswordInput: {
            /**
             * Format: password
             * @example correct horse battery
             */
            old_password: string;
            new_password1: components["schemas"]["Password"];
            new_password2: components["schemas"]["Password"];
        };
        RequestPasswordResetErrors: {
            email?: components["schemas"]["Faults"];
            redirect_to?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        RequestPasswordResetInput: {
            /**
             * Format: email
             * @example ada@example.com
             */
            email: string;
            redirect_to?: components["schemas"]["RedirectTo"];
        };
        SetNewPasswordErrors: {
            new_password1?: components["schemas"]["Faults"];
            new_password2?: components["schemas"]["Faults"];
            token?: components["schemas"]["Faults"];
            link?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        SetNewPasswordAnswer: components["schemas"]["SecondFactorRequired"] | components["schemas"]["SetupRequired"] | {
            /** @example Password reset. */
            detail: string;
            /** @description Access token, to be sent as a bearer. */
            access?: string;
            /**
             * @description The session is bound to the key of a DPoP proof, and a refresh needs that key. Not there for another one.
             * @constant
             */
            bound?: true;
            /** @description Refresh token; works once, then `POST /refresh/` answers with its successor. */
            refresh?: string;
        };
        SetNewPasswordInput: {
            new_password1: components["schemas"]["Password"];
            new_password2: components["schemas"]["Password"];
            /** @description What stood in place of `{token}` in `PASSWORD_RESET_REDIRECT`, or the last part of the mailed link. */
            token?: string;
            /** @description The mark of the link that a form was made for. The built-in form sends it, and is refused when another link was opened since. */
            link?: string;
        };
        RequestEmailChangeErrors: {
            new_email?: components["schemas"]["Faults"];
            password?: components["schemas"]["Faults"];
            redirect_to?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        RequestEmailChangeInput: {
            new_email: components["schemas"]["Email"];
            /**
             * Format: password
             * @description Required of a user who has a password. A user without one leaves it out, and needs a recent proof.
             * @example correct horse battery
             */
            password?: string;
            redirect_to?: components["schemas"]["RedirectTo"];
        };
        FindEmailChangeAnswer: {
            pending: components["schemas"]["PendingEmailChange"] | null;
        };
        UpdateOwnUserErrors: {
            email?: components["schemas"]["Faults"];
            first_name?: components["schemas"]["Faults"];
            last_name?: components["schemas"]["Faults"];
            language?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        UpdateOwnUserInput: {
            /** @description Accepted and ignored. */
            email?: string;
            /** @example Ada */
            first_name?: string;
            /** @example Lovelace */
            last_name?: string;
            /**
             * @description The language of mails; null for the default.
             * @example de
             */
            language?: string | null;
        };
        DeleteOwnUserErrors: components["schemas"]["DeactivateSecondFactorErrors"];
        DeleteOwnUserInput: components["schemas"]["DeactivateSecondFactorInput"];
        ListSecurityEventsErrors: {
            cursor?: components["schemas"]["Faults"];
            limit?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        ListUsersErrors: {
            search?: components["schemas"]["Faults"];
            role?: components["schemas"]["Faults"];
            is_active?: components["schemas"]["Faults"];
            email_verified?: components["schemas"]["Faults"];
            created_after?: components["schemas"]["Faults"];
            created_before?: components["schemas"]["Faults"];
            last_seen_after?: components["schemas"]["Faults"];
            last_seen_before?: components["schemas"]["Faults"];
            cursor?: components["schemas"]["Faults"];
            limit?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        CreateUserErrors: {
            email?: components["schemas"]["Faults"];
            password?: components["schemas"]["Faults"];
            first_name?: components["schemas"]["Faults"];
            last_name?: components["schemas"]["Faults"];
            role?: components["schemas"]["Faults"];
            language?: components["schemas"]["Faults"];
            redirect_to?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        CreateUserInput: {
            email: components["schemas"]["Email"];
            password?: components["schemas"]["Password"];
            /** @example Ada */
            first_name?: string;
            /** @example Lovelace */
            last_name?: string;
            role?: components["schemas"]["Role"];
            /**
             * @description The language of mails; null for the default.
             * @example de
             */
            language?: string | null;
            redirect_to?: components["schemas"]["RedirectTo"];
        };
        SetUserRoleErrors: {
            role?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        SetUserRoleInput: {
            role: components["schemas"]["Role"];
        };
        SendUserResetErrors: {
            redirect_to?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        SendUserResetInput: {
            redirect_to?: components["schemas"]["RedirectTo"];
        };
        ListUserEventsErrors: components["schemas"]["ListSecurityEventsErrors"];
        SocialStartErrors: {
            return_to?: components["schemas"]["Faults"];
            code_challenge?: components["schemas"]["Faults"];
            prompt?: components["schemas"]["Faults"];
            login_hint?: components["schemas"]["Faults"];
            non_field_errors?: components["schemas"]["Faults"];
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        PublicKey: {
            /** @enum {string} */
            kty: "EC" | "OKP" | "RSA";
            kid: string;
            /** @enum {string} */
            alg: "ES256" | "EdDSA" | "RS256";
            /** @constant */
            use: "sig";
            crv?: string;
            x?: string;
            y?: string;
            n?: string;
            e?: string;
        };
        KeySet: {
            keys: components["schemas"]["PublicKey"][];
        };
        /**
         * @description Who did it: the owner, staff, an operator, or anyone where nothing was proven.
         * @enum {string}
         */
        Actor: "self" | "staff" | "operator" | "anyone";
        /**
         * @description The session is bound to the key of a DPoP proof, and a refresh needs that key. Not there for another one.
         * @constant
         */
        Bound: true;
        /** @description Exactly one of `PROVIDER_CALLBACK_URLS`. */
        CallbackUrl: string;
        /** @description The `challenge_id` of the sign-in. */
        ChallengeId: string;
        /** @description One of the client ids of the provider. Without it: any. */
        ClientId: string;
        /**
         * @description Six digits. Blanks are removed.
         * @example 123456
         */
        Code: string;
        /** @description The verifier of PKCE that belongs to the code. */
        CodeVerifier: string;
        /** @description The answer of `navigator.credentials.get`, by `toJSON()`. */
        Credential: {
            id: string;
            rawId: string;
            /** @example public-key */
            type: string;
            response: {
                clientDataJSON: string;
                authenticatorData: string;
                signature: string;
                userHandle?: string | null;
            };
        };
        /**
         * @description The id that the authenticator chose, base64url.
         * @example dGhlIGlkIG9mIGEga2V5
         */
        CredentialId: string;
        /**
         * Format: date-time
         * @example 2026-01-31T12:00:00Z
         */
        DateTime: string;
        /**
         * @description What the kind of event says besides.
         * @example {
         *       "method": "password"
         *     }
         */
        Details: {
            [key: string]: string | number | boolean;
        };
        /**
         * Format: email
         * @example ada@example.com
         */
        Email: string;
        /**
         * @description Seconds until the next step is too late.
         * @example 300
         */
        ExpiresIn: number;
        /** @description Apple tells it to the app alone, and only once. */
        FirstName: string;
        /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
        Id: string;
        /** @description The last part of the mailed link. */
        Key: string;
        /**
         * @description The language of mails; null for the default.
         * @example de
         */
        Language: string | null;
        /** @description Leads to the next page; null at the end. */
        NextCursor: string | null;
        /** @description The nonce that was sent to the provider, where one was sent. */
        Nonce: string;
        /**
         * Format: password
         * @example correct horse battery
         */
        Password: string;
        /**
         * @description 24 symbols, or 6 to 20 of a code that was moved in. Case, blanks and hyphens do not matter.
         * @example k3f9-0a1b-7xyz-2m4n-p5q6-r8st
         */
        RecoveryCode: string;
        /**
         * @description Ten codes, shown once. Each works once.
         * @example [
         *       "k3f9-0a1b-7xyz-2m4n-p5q6-r8st"
         *     ]
         */
        RecoveryCodes: string[];
        /** @description Where the mailed link leads: one of `REDIRECT_URLS`. */
        RedirectTo: string;
        /** @description Refresh token; works once, then `POST /refresh/` answers with its successor. */
        Refresh: string;
        /**
         * @description 0 user, 1000 staff, 900 superuser; any other number is the operator's own.
         * @example 1000
         */
        Role: number;
        /** @description The `setup_challenge_id` of a sign-in. It stands for the access token, and is ignored beside one. */
        SetupChallengeId: string;
        /**
         * @description Milliseconds.
         * @example 300000
         */
        Timeout: number;
    };
    responses: {
        /** @description Refused input. */
        BadRequestDisconnectNotAllowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NonFieldErrors"] | (components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "disconnect_not_allowed" | "parse_error";
                });
            };
        };
        /** @description Refused input. */
        BadRequestParseError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NonFieldErrors"] | (components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "no_second_factor" | "parse_error";
                });
            };
        };
        /** @description A fault of the server; the log has the same X-Request-Id. */
        ErrorOrPage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Something went wrong on our side.",
                 *       "code": "error"
                 *     }
                 */
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "error";
                };
                "text/html": components["schemas"]["Page"];
            };
        };
        /** @description The caller may not do this. */
        Forbidden: {
            headers: {
                "WWW-Authenticate": components["headers"]["Given-WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "permission_denied" | "insufficient_user_authentication";
                };
            };
        };
        /** @description The caller may not do this. */
        ForbiddenInsufficientUserAuthentication: {
            headers: {
                "WWW-Authenticate": components["headers"]["Given-WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "mfa_disabled" | "insufficient_user_authentication";
                };
            };
        };
        /** @description The caller may not do this. */
        ForbiddenPasskeysDisabled: {
            headers: {
                "WWW-Authenticate": components["headers"]["Given-WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "passkeys_disabled" | "insufficient_user_authentication";
                };
            };
        };
        /** @description What any operation may answer: 429, 500, 503. */
        General: {
            headers: {
                "Retry-After": components["headers"]["Given-Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "throttled" | "error" | "unavailable";
                };
            };
        };
        /** @description What any operation may answer: 429, 500, 503. */
        GeneralOrPage: {
            headers: {
                "Retry-After": components["headers"]["Given-Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "throttled" | "error" | "unavailable";
                };
                "text/html": components["schemas"]["Page"];
            };
        };
        /** @description What any operation may answer: 413, 415, 429, 500, 503. */
        GeneralWithBody: {
            headers: {
                "Retry-After": components["headers"]["Given-Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "request_too_large" | "unsupported_media_type" | "throttled" | "error" | "unavailable";
                };
            };
        };
        /** @description The caller may not do this. */
        InsufficientUserAuthentication: {
            headers: {
                "WWW-Authenticate": components["headers"]["Given-WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Please confirm that it is you and try again.",
                 *       "code": "insufficient_user_authentication",
                 *       "max_age": 900,
                 *       "acr_values": "aal2",
                 *       "methods": [
                 *         "passkey",
                 *         "totp",
                 *         "recovery_code"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "insufficient_user_authentication";
                };
            };
        };
        /** @description The caller may not do this. */
        MfaDisabled: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "MFA TOTP is disabled.",
                 *       "code": "mfa_disabled"
                 *     }
                 */
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "mfa_disabled";
                };
            };
        };
        /** @description There is no such thing, or it belongs to somebody else. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Not found.",
                 *       "code": "not_found"
                 *     }
                 */
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "not_found";
                };
            };
        };
        /** @description There is no such thing, or it belongs to somebody else. */
        NotFoundOrPage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Not found.",
                 *       "code": "not_found"
                 *     }
                 */
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "not_found";
                };
                "text/html": components["schemas"]["Page"];
            };
        };
        /** @description Done; there is no body. */
        Nothing: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The page. */
        OkPage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "text/html": components["schemas"]["Page"];
            };
        };
        /** @description The caller may not do this. */
        PasskeysDisabled: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Passkeys are disabled.",
                 *       "code": "passkeys_disabled"
                 *     }
                 */
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "passkeys_disabled";
                };
            };
        };
        /** @description There is no such thing, or it belongs to somebody else. */
        ProviderNotConfigured: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "This provider is not configured.",
                 *       "code": "provider_not_configured"
                 *     }
                 */
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "provider_not_configured";
                };
            };
        };
        /** @description Done; leads on to a page. */
        Redirect: {
            headers: {
                Location: components["headers"]["Location"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Refused input. */
        RefusedNonFieldErrors: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NonFieldErrors"] | components["schemas"]["ParseError"];
            };
        };
        /** @description Refused input. */
        RefusedParseError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ParseError"];
            };
        };
        /** @description Refused input. */
        RefusedUpdateOwnUserErrors: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UpdateOwnUserErrors"] | components["schemas"]["ParseError"];
            };
        };
        /** @description The request was refused. */
        SocialAccountInUse: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "This account of the provider is connected to another user.",
                 *       "code": "social_account_in_use"
                 *     }
                 */
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "social_account_in_use";
                };
            };
        };
        /** @description The request was refused. */
        Status409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "email_already_registered" | "local_account_unverified";
                };
            };
        };
        /** @description The server or its database is busy; try again. */
        Status503: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "provider_unavailable" | "unavailable";
                };
            };
        };
        /** @description Too many requests. */
        ThrottledOrPage: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Request was throttled. Expected available in 42 seconds.",
                 *       "code": "throttled"
                 *     }
                 */
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "throttled";
                };
                "text/html": components["schemas"]["Page"];
            };
        };
        /** @description Too many requests. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "mfa_locked" | "throttled";
                };
            };
        };
        /** @description The caller did not prove who it is. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                };
            };
        };
        /** @description The caller did not prove who it is. */
        UnauthorizedClientIdMismatch: {
            headers: {
                "WWW-Authenticate": components["headers"]["ProofChallenge"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "client_id_mismatch" | "invalid_social_token" | "email_not_verified" | "no_active_account" | "use_dpop_nonce";
                };
            };
        };
        /** @description The caller did not prove who it is. */
        UnauthorizedInvalidSocialToken: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid" | "client_id_mismatch" | "invalid_social_token";
                };
            };
        };
        /** @description The caller did not prove who it is. */
        UnauthorizedUseDpopNonce: {
            headers: {
                "WWW-Authenticate": components["headers"]["ProofChallenge"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid" | "use_dpop_nonce";
                };
            };
        };
        /** @description The server or its database is busy; try again. */
        UnavailableOrPage: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "The server is busy, please try again shortly.",
                 *       "code": "unavailable"
                 *     }
                 */
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "unavailable";
                };
                "text/html": components["schemas"]["Page"];
            };
        };
        /** @description The caller did not prove who it is. */
        UseDpopNonce: {
            headers: {
                "WWW-Authenticate": components["headers"]["ProofChallenge"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "The DPoP proof must have the nonce of this answer.",
                 *       "code": "use_dpop_nonce"
                 *     }
                 */
                "application/json": components["schemas"]["Refusal"] & {
                    /** @enum {unknown} */
                    code?: "use_dpop_nonce";
                };
            };
        };
    };
    parameters: {
        /** @description The `next_cursor` of the page before. */
        Cursor: string;
        /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
        DPoP: string;
        Id: components["schemas"]["Id"];
        /** @description The last part of the mailed link. */
        Key: components["schemas"]["Key"];
        /** @description At most 100; 50 when left out. */
        Limit: number;
        /** @description The id of the provider. */
        Provider: string;
    };
    requestBodies: never;
    headers: {
        /** @description Seconds. */
        "Retry-After": number;
        "WWW-Authenticate": "Bearer realm=\"api\"";
        /** @description The second part stands in a refusal of a DPoP proof alone: RFC 9449. */
        ProofChallenge: "Bearer realm=\"api\"" | "Bearer realm=\"api\", DPoP error=\"invalid_dpop_proof\", algs=\"ES256 Ed25519 EdDSA\"" | "Bearer realm=\"api\", DPoP error=\"use_dpop_nonce\", algs=\"ES256 Ed25519 EdDSA\"";
        /** @description Where a browser goes on. */
        Location: string;
        /** @description Seconds, with 429 and 503. */
        "Given-Retry-After": number;
        "Given-Set-Cookie": string;
        /** @description With `insufficient_user_authentication`: what has to be proven. */
        "Given-WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    rest_login: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginAnswer"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "invalid_dpop_proof" | "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["ProofChallenge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "incorrect_credentials" | "email_not_verified" | "no_active_account" | "use_dpop_nonce";
                    };
                };
            };
            default: components["responses"]["GeneralWithBody"];
        };
    };
    reauthenticate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReauthenticateInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReauthenticateAnswer"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReauthenticateErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "no_usable_password" | "invalid_code" | "invalid_recovery_code" | "passkey_refused" | "challenge_invalid" | "parse_error";
                    });
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description The caller may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "totp_locked" | "recovery_codes_locked" | "mfa_disabled" | "passkeys_disabled";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    reauthenticate_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DescribeReauthenticationAnswer"];
                };
            };
            400: components["responses"]["BadRequestParseError"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["PasskeysDisabled"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    token_refresh: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made for this one request, and sent again with each retry of it. A string of RFC 9651, or its characters alone: 16 to 128. */
                "Idempotency-Key"?: string;
                /** @description A proof of RFC 9449 with a nonce. A session that is bound to a key needs one by that key. */
                DPoP?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshSessionInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefreshSessionErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "invalid_idempotency_key" | "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["ProofChallenge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "token_not_valid" | "session_expired" | "email_not_verified" | "invalid_dpop_proof" | "use_dpop_nonce";
                    };
                };
            };
            /** @description The request is well-formed, and cannot be done as it is. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "This Idempotency-Key was used for another refresh.",
                     *       "code": "idempotency_key_reused"
                     *     }
                     */
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "idempotency_key_reused";
                    };
                };
            };
            default: components["responses"]["GeneralWithBody"];
        };
    };
    rest_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogoutInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"] & {
                        /** @constant */
                        detail?: "Successfully logged out.";
                    };
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogoutErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "token_not_valid" | "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "token_not_valid";
                    };
                };
            };
            default: components["responses"]["GeneralWithBody"];
        };
    };
    rest_logout_all: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"] & {
                        /** @constant */
                        detail?: "Successfully logged out from all devices.";
                    };
                };
            };
            400: components["responses"]["RefusedNonFieldErrors"];
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    mfa_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MfaStatus"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["MfaDisabled"];
            default: components["responses"]["General"];
        };
    };
    jwt_allauth_mfa_authenticators: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAuthenticatorsAnswer"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["MfaDisabled"];
            default: components["responses"]["General"];
        };
    };
    jwt_allauth_mfa_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SetUpTotpInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetUpTotpAnswer"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetUpTotpErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "totp_already_active" | "parse_error";
                    });
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ForbiddenInsufficientUserAuthentication"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    jwt_allauth_mfa_activate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActivateTotpInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivateTotpAnswer"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivateTotpErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "setup_not_initiated" | "invalid_code" | "invalid_dpop_proof" | "parse_error";
                    });
                };
            };
            401: components["responses"]["UnauthorizedUseDpopNonce"];
            403: components["responses"]["ForbiddenInsufficientUserAuthentication"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    jwt_allauth_mfa_verify: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyTotpInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifyTotpErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "challenge_invalid" | "invalid_code" | "challenge_exhausted" | "invalid_dpop_proof" | "parse_error";
                    });
                };
            };
            401: components["responses"]["UseDpopNonce"];
            /** @description The caller may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "mfa_disabled" | "totp_locked";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    jwt_allauth_mfa_verify_recovery: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyRecoveryCodeInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifyRecoveryCodeErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "challenge_invalid" | "invalid_recovery_code" | "challenge_exhausted" | "invalid_dpop_proof" | "parse_error";
                    });
                };
            };
            401: components["responses"]["UseDpopNonce"];
            /** @description The caller may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "mfa_disabled" | "recovery_codes_locked";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    mfa_verify_passkey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyPasskeyInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifyPasskeyErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "challenge_invalid" | "passkey_refused" | "challenge_exhausted" | "invalid_dpop_proof" | "parse_error";
                    });
                };
            };
            401: components["responses"]["UseDpopNonce"];
            /** @description The caller may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "mfa_disabled" | "passkeys_disabled";
                    };
                };
            };
            default: components["responses"]["GeneralWithBody"];
        };
    };
    mfa_enable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnableSecondFactorAnswer"];
                };
            };
            400: components["responses"]["BadRequestParseError"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ForbiddenInsufficientUserAuthentication"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    mfa_recovery_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplaceRecoveryCodesAnswer"];
                };
            };
            400: components["responses"]["BadRequestParseError"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ForbiddenInsufficientUserAuthentication"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    jwt_allauth_mfa_deactivate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DeactivateSecondFactorInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeactivateSecondFactorAnswer"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeactivateSecondFactorErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "no_usable_password" | "invalid_password" | "totp_not_active" | "parse_error";
                    });
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Given-WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "mfa_disabled" | "insufficient_user_authentication" | "mfa_required";
                    };
                };
            };
            default: components["responses"]["GeneralWithBody"];
        };
    };
    passkeys_sign_in_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DescribePasskeySignInAnswer"];
                };
            };
            400: components["responses"]["RefusedNonFieldErrors"];
            403: components["responses"]["PasskeysDisabled"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    passkeys_sign_in: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInWithPasskeyInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInWithPasskeyErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "challenge_invalid" | "invalid_dpop_proof" | "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["ProofChallenge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "unknown_passkey" | "incorrect_credentials" | "email_not_verified" | "no_active_account" | "use_dpop_nonce";
                    };
                };
            };
            403: components["responses"]["PasskeysDisabled"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    passkeys_register_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DescribePasskeyRegistrationInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DescribePasskeyRegistrationAnswer"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DescribePasskeyRegistrationErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "too_many_passkeys" | "parse_error";
                    });
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["ForbiddenPasskeysDisabled"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    passkeys_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["PasskeysDisabled"];
            default: components["responses"]["General"];
        };
    };
    passkeys_register: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterPasskeyInput"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterPasskeyAnswer"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterPasskeyErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "challenge_invalid" | "passkey_refused" | "too_many_passkeys" | "invalid_dpop_proof" | "parse_error";
                    });
                };
            };
            401: components["responses"]["UnauthorizedUseDpopNonce"];
            403: components["responses"]["ForbiddenPasskeysDisabled"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    passkeys_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Nothing"];
            400: components["responses"]["BadRequestDisconnectNotAllowed"];
            401: components["responses"]["Unauthorized"];
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Given-WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "passkeys_disabled" | "insufficient_user_authentication" | "mfa_required";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    passkeys_rename: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenamePasskeyInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenamePasskeyErrors"] | components["schemas"]["ParseError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["PasskeysDisabled"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    jwt_allauth_social_providers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListProvidersAnswer"];
                };
            };
            default: components["responses"]["General"];
        };
    };
    jwt_allauth_social_token_login: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path: {
                /** @description The id of the provider. */
                provider: components["parameters"]["Provider"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SignInWithProviderTokenInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInWithProviderTokenAnswer"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInWithProviderTokenErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "token_required" | "flow_not_supported" | "provider_email_unverified" | "invalid_dpop_proof" | "parse_error";
                    });
                };
            };
            401: components["responses"]["UnauthorizedClientIdMismatch"];
            404: components["responses"]["ProviderNotConfigured"];
            409: components["responses"]["Status409"];
            503: components["responses"]["Status503"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    jwt_allauth_social_code_login: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path: {
                /** @description The id of the provider. */
                provider: components["parameters"]["Provider"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInWithProviderCodeInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInWithProviderCodeAnswer"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInWithProviderCodeErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "callback_url_not_allowed" | "flow_not_supported" | "provider_email_unverified" | "invalid_dpop_proof" | "parse_error";
                    });
                };
            };
            401: components["responses"]["UnauthorizedClientIdMismatch"];
            404: components["responses"]["ProviderNotConfigured"];
            409: components["responses"]["Status409"];
            503: components["responses"]["Status503"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    jwt_allauth_social_token_connect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the provider. */
                provider: components["parameters"]["Provider"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ConnectProviderTokenInput"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectProviderTokenErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "token_required" | "flow_not_supported" | "too_many_connections" | "parse_error";
                    });
                };
            };
            401: components["responses"]["UnauthorizedInvalidSocialToken"];
            403: components["responses"]["InsufficientUserAuthentication"];
            404: components["responses"]["ProviderNotConfigured"];
            409: components["responses"]["SocialAccountInUse"];
            503: components["responses"]["Status503"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    jwt_allauth_social_code_connect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the provider. */
                provider: components["parameters"]["Provider"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectProviderCodeInput"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectProviderCodeErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "callback_url_not_allowed" | "flow_not_supported" | "too_many_connections" | "parse_error";
                    });
                };
            };
            401: components["responses"]["UnauthorizedInvalidSocialToken"];
            403: components["responses"]["InsufficientUserAuthentication"];
            404: components["responses"]["ProviderNotConfigured"];
            409: components["responses"]["SocialAccountInUse"];
            503: components["responses"]["Status503"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    jwt_allauth_social_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListConnectionsAnswer"];
                };
            };
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["General"];
        };
    };
    jwt_allauth_social_disconnect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Nothing"];
            400: components["responses"]["BadRequestDisconnectNotAllowed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientUserAuthentication"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    social_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenSocialSessionInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenSocialSessionAnswer"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenSocialSessionErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "provider_email_unverified" | "invalid_dpop_proof" | "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["ProofChallenge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "token_not_valid" | "email_not_verified" | "no_active_account" | "use_dpop_nonce";
                    };
                };
            };
            409: components["responses"]["Status409"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    social_connect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectSocialAccountInput"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectSocialAccountErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "challenge_invalid" | "too_many_connections" | "parse_error";
                    });
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientUserAuthentication"];
            409: components["responses"]["SocialAccountInUse"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    rest_register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterInput"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"] & {
                        /** @constant */
                        detail?: "Verification e-mail sent.";
                    };
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterErrors"] | components["schemas"]["ParseError"];
                };
            };
            default: components["responses"]["GeneralWithBody"];
        };
    };
    account_confirm_email: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The last part of the mailed link. */
                key: components["parameters"]["Key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            302: components["responses"]["Redirect"];
            404: components["responses"]["NotFoundOrPage"];
            default: components["responses"]["GeneralOrPage"];
        };
    };
    rest_resend_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResendVerificationInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"] & {
                        /** @constant */
                        detail?: "Verification e-mail sent.";
                    };
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResendVerificationErrors"] | components["schemas"]["ParseError"];
                };
            };
            default: components["responses"]["GeneralWithBody"];
        };
    };
    rest_password_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePasswordInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePasswordAnswer"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePasswordErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "no_usable_password" | "parse_error";
                    });
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientUserAuthentication"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    rest_password_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestPasswordResetInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"] & {
                        /** @constant */
                        detail?: "Password reset e-mail has been sent.";
                    };
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPasswordResetErrors"] | components["schemas"]["ParseError"];
                };
            };
            default: components["responses"]["GeneralWithBody"];
        };
    };
    rest_password_reset_set_new: {
        parameters: {
            query?: never;
            header?: {
                /** @description A proof of RFC 9449. The session is then bound to its key, and only that key refreshes it. */
                DPoP?: components["parameters"]["DPoP"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetNewPasswordInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Given-Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetNewPasswordAnswer"];
                };
            };
            /** @description Done, and a browser form asked: leads on to a page. */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": components["headers"]["Given-Set-Cookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetNewPasswordErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "invalid_dpop_proof" | "parse_error";
                    });
                    "text/html": components["schemas"]["Page"];
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["ProofChallenge"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "not_authenticated" | "token_not_valid" | "use_dpop_nonce";
                    };
                    "text/html": components["schemas"]["Page"];
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "other_link" | "csrf_failed";
                    };
                    "text/html": components["schemas"]["Page"];
                };
            };
            /** @description What any operation may answer: 413, 415, 429, 500, 503. */
            default: {
                headers: {
                    "Retry-After": components["headers"]["Given-Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "request_too_large" | "unsupported_media_type" | "throttled" | "error" | "unavailable";
                    };
                    "text/html": components["schemas"]["Page"];
                };
            };
        };
    };
    email_change_pending: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindEmailChangeAnswer"];
                };
            };
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["General"];
        };
    };
    email_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestEmailChangeInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"] & {
                        /** @constant */
                        detail?: "Verification e-mail sent.";
                    };
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestEmailChangeErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "no_usable_password" | "parse_error";
                    });
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientUserAuthentication"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    email_change_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Nothing"];
            400: components["responses"]["RefusedNonFieldErrors"];
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    email_change_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The last part of the mailed link. */
                key: components["parameters"]["Key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            302: components["responses"]["Redirect"];
            404: components["responses"]["NotFoundOrPage"];
            default: components["responses"]["GeneralOrPage"];
        };
    };
    rest_user_details: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["General"];
        };
    };
    rest_user_details_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateOwnUserInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["RefusedUpdateOwnUserErrors"];
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    rest_user_details_partial_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateOwnUserInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["RefusedUpdateOwnUserErrors"];
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    user_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DeleteOwnUserInput"];
            };
        };
        responses: {
            204: components["responses"]["Nothing"];
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteOwnUserErrors"] | (components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "no_usable_password" | "parse_error";
                    });
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "WWW-Authenticate": components["headers"]["Given-WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_user_authentication" | "permission_denied";
                    };
                };
            };
            default: components["responses"]["GeneralWithBody"];
        };
    };
    sessions_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["General"];
        };
    };
    sessions_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Nothing"];
            400: components["responses"]["RefusedNonFieldErrors"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    security_events_list: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description At most 100; 50 when left out. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityEventPage"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListSecurityEventsErrors"];
                };
            };
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["General"];
        };
    };
    staff_users_list: {
        parameters: {
            query?: {
                /** @description Any part of an address or of a name, in any case. A whole address or `external_id` finds its account alone. */
                search?: string;
                role?: components["schemas"]["Role"];
                is_active?: boolean;
                email_verified?: boolean;
                /** @description Made at this time or later. */
                created_after?: components["schemas"]["DateTime"];
                /** @description Made earlier. */
                created_before?: components["schemas"]["DateTime"];
                /** @description Seen at this time or later. */
                last_seen_after?: components["schemas"]["DateTime"];
                /** @description Seen earlier, or signed in nowhere. */
                last_seen_before?: components["schemas"]["DateTime"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description At most 100; 50 when left out. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffUserPage"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListUsersErrors"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["General"];
        };
    };
    staff_users_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUserInput"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffUser"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateUserErrors"] | components["schemas"]["ParseError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    staff_users_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffUser"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["General"];
        };
    };
    staff_users_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Nothing"];
            400: components["responses"]["RefusedNonFieldErrors"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    staff_users_deactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Nothing"];
            400: components["responses"]["RefusedNonFieldErrors"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    staff_users_reactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Nothing"];
            400: components["responses"]["RefusedNonFieldErrors"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    staff_users_set_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUserRoleInput"];
            };
        };
        responses: {
            204: components["responses"]["Nothing"];
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetUserRoleErrors"] | components["schemas"]["ParseError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    staff_users_send_reset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SendUserResetInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Detail"] & {
                        /** @constant */
                        detail?: "Password reset e-mail has been sent.";
                    };
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SendUserResetErrors"] | components["schemas"]["ParseError"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    staff_users_reset_factors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Nothing"];
            400: components["responses"]["RefusedNonFieldErrors"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    staff_sessions_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["General"];
        };
    };
    staff_sessions_end_all: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Nothing"];
            400: components["responses"]["RefusedNonFieldErrors"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    staff_sessions_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
                session_id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["Nothing"];
            400: components["responses"]["RefusedNonFieldErrors"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["GeneralWithBody"];
        };
    };
    staff_events_list: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description At most 100; 50 when left out. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffEventPage"];
                };
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListUserEventsErrors"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["General"];
        };
    };
    password_reset_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A part of the mailed link. */
                uidb64: string;
                /** @description A part of the mailed link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page that says that the link was invalid. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": components["schemas"]["Page"];
                };
            };
            /** @description Leads on to the form for a new password. */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: components["responses"]["ThrottledOrPage"];
            500: components["responses"]["ErrorOrPage"];
            503: components["responses"]["UnavailableOrPage"];
        };
    };
    default_password_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OkPage"];
            429: components["responses"]["ThrottledOrPage"];
            500: components["responses"]["ErrorOrPage"];
            503: components["responses"]["UnavailableOrPage"];
        };
    };
    jwt_allauth_password_reset_complete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OkPage"];
            429: components["responses"]["ThrottledOrPage"];
        };
    };
    account_email_verification_sent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OkPage"];
            429: components["responses"]["ThrottledOrPage"];
        };
    };
    jwt_allauth_email_verified: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OkPage"];
            429: components["responses"]["ThrottledOrPage"];
        };
    };
    email_change_complete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["OkPage"];
            429: components["responses"]["ThrottledOrPage"];
        };
    };
    social_start: {
        parameters: {
            query: {
                /** @description Where the outcome goes: an address below one of `PROVIDER_RETURN_URLS`. */
                return_to: string;
                /** @description RFC 7636, S256: 43 characters. Its verifier redeems the code. */
                code_challenge: string;
                /** @description Passed on to the provider: `none`, or any of `login`, `consent` and `select_account`, separated by spaces. */
                prompt?: string;
                /** @description Passed on to the provider: whom to sign in there. At most 320 characters. */
                login_hint?: string;
            };
            header?: never;
            path: {
                /** @description The id of the provider. */
                provider: components["parameters"]["Provider"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads to the provider, or to `return_to` with `error` when the provider is not to be had. */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused input. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocialStartErrors"];
                    "text/html": components["schemas"]["Page"];
                };
            };
            429: components["responses"]["ThrottledOrPage"];
            500: components["responses"]["ErrorOrPage"];
            503: components["responses"]["UnavailableOrPage"];
        };
    };
    social_callback: {
        parameters: {
            query?: {
                /** @description What names the attempt. */
                state?: string;
                /** @description The code of the provider. */
                code?: string;
                /** @description The provider, by RFC 9207. */
                iss?: string;
                /** @description What the provider says in place of a code. */
                error?: string;
            };
            header?: never;
            path: {
                /** @description The id of the provider. */
                provider: components["parameters"]["Provider"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leads to `return_to` with `code` or `error`. */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Set-Cookie": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The page that says why nobody can be signed in. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": components["schemas"]["Page"];
                };
            };
            429: components["responses"]["ThrottledOrPage"];
            500: components["responses"]["ErrorOrPage"];
            503: components["responses"]["UnavailableOrPage"];
        };
    };
    social_callback_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the provider. */
                provider: components["parameters"]["Provider"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": {
                    [key: string]: string;
                };
            };
        };
        responses: {
            /** @description Leads on to GET, which has the cookie. */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The page that says why nobody can be signed in. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": components["schemas"]["Page"];
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "Request body is too large.",
                     *       "code": "request_too_large"
                     *     }
                     */
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "request_too_large";
                    };
                    "text/html": components["schemas"]["Page"];
                };
            };
            429: components["responses"]["ThrottledOrPage"];
            500: components["responses"]["ErrorOrPage"];
            503: components["responses"]["UnavailableOrPage"];
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["RefusedParseError"];
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["RefusedParseError"];
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "detail": "The server is busy, please try again shortly.",
                     *       "code": "unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {unknown} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    jwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The public keys: the active one, the next, and those retired lately. */
            200: {
                headers: {
                    "Cache-Control": "public, max-age=300";
                    [name: string]: unknown;
                };
                content: {
                    "application/jwk-set+json": components["schemas"]["KeySet"];
                };
            };
            400: components["responses"]["RefusedParseError"];
        };
    };
}
