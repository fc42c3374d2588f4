export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive? */
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
        /** Is the database reachable and migrated? */
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
        /** The keys access tokens are verified with */
        get: operations["jwks"];
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
        /** The form for a new password */
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
        /** The page behind the form */
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
        /** The page that says to look into the mailbox */
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
        /** The page a verification link leads to */
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
        /** The page a change of address leads to */
        get: operations["email_change_complete"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
         * @description Opens a session. An unknown address and a wrong password get the same answer.
         */
        post: operations["rest_login"];
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
         * @description A refresh token works once. One that was replaced longer ago than the grace ends its session: two parties hold it.
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
         * @description Proven by the cookie of the opened link, or by the `token` of the link itself. Every other session and link ends. To the post of a browser form the answer is a redirect, or the form with its errors.
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
        get?: never;
        put?: never;
        /**
         * Ask for another address
         * @description A link goes to the new address and a notice to the old; nothing changes until it is followed.
         */
        post: operations["email_change"];
        delete?: never;
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
        /** Read one's own details */
        get: operations["rest_user_details"];
        /**
         * Change one's own details
         * @description Names may be blank. The address is never changed here, whatever is sent.
         */
        put: operations["rest_user_details_update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change some of one's own details
         * @description Names may be blank. The address is never changed here, whatever is sent.
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
        /** List one's own sessions */
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
         * @description The newest first.
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
        /** Read an account */
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
        /** End every session of an account */
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
        /** End one session of an account */
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Refusal: {
            /** @description A sentence for people. */
            detail: string;
            /** @description A word for programs. */
            code: string;
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Names the request in the log; your own, when you sent a short and plain one. */
        "X-Request-Id": string;
        "Cache-Control": "no-store";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": "public, max-age=300";
                    [name: string]: unknown;
                };
                content: {
                    "application/jwk-set+json": {
                        keys: {
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
                        }[];
                    };
                };
            };
        };
    };
    password_reset_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uidb64: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page that says that the link was invalid. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Leads on to the form for a new password. */
            302: {
                headers: {
                    Location: string;
                    "Set-Cookie": string;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                    "text/html": string;
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                    "text/html": string;
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                    "text/html": string;
                };
            };
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
            /** @description The page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                    "text/html": string;
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                    "text/html": string;
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                    "text/html": string;
                };
            };
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
            /** @description The page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                    "text/html": string;
                };
            };
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
            /** @description The page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                    "text/html": string;
                };
            };
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
            /** @description The page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                    "text/html": string;
                };
            };
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
            /** @description The page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                    "text/html": string;
                };
            };
        };
    };
    rest_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example ada@example.com */
                    email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password: string;
                };
                "application/x-www-form-urlencoded": {
                    /** @example ada@example.com */
                    email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password: string;
                };
                "multipart/form-data": {
                    /** @example ada@example.com */
                    email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Access token, to be sent as a bearer.
                         * @example eyJhbGciOiJFUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIn0.c2lnbmF0dXJl
                         */
                        access: string;
                        /**
                         * @description Refresh token; works once, then `POST /refresh/` answers with its successor.
                         * @example eyJhbGciOiJFUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIn0.c2lnbmF0dXJl
                         */
                        refresh: string;
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email?: string[];
                        password?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "incorrect_credentials" | "email_not_verified" | "no_active_account";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    token_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The refresh token last given. */
                    refresh: string;
                };
                "application/x-www-form-urlencoded": {
                    /** @description The refresh token last given. */
                    refresh: string;
                };
                "multipart/form-data": {
                    /** @description The refresh token last given. */
                    refresh: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Access token, to be sent as a bearer.
                         * @example eyJhbGciOiJFUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIn0.c2lnbmF0dXJl
                         */
                        access: string;
                        /**
                         * @description Refresh token; works once, then `POST /refresh/` answers with its successor.
                         * @example eyJhbGciOiJFUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIn0.c2lnbmF0dXJl
                         */
                        refresh: string;
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        refresh?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "token_not_valid" | "session_expired" | "email_not_verified";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
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
                "application/json": {
                    /** @description The refresh token last given. */
                    refresh: string;
                };
                "application/x-www-form-urlencoded": {
                    /** @description The refresh token last given. */
                    refresh: string;
                };
                "multipart/form-data": {
                    /** @description The refresh token last given. */
                    refresh: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example Successfully logged out.
                         * @constant
                         */
                        detail: "Successfully logged out.";
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        refresh?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "token_not_valid" | "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "token_not_valid";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example Successfully logged out from all devices.
                         * @constant
                         */
                        detail: "Successfully logged out from all devices.";
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
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
                "application/json": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password1: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password2: string;
                    /** @example Ada */
                    first_name: string;
                    /** @example Lovelace */
                    last_name: string;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "application/x-www-form-urlencoded": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password1: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password2: string;
                    /** @example Ada */
                    first_name: string;
                    /** @example Lovelace */
                    last_name: string;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "multipart/form-data": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password1: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password2: string;
                    /** @example Ada */
                    first_name: string;
                    /** @example Lovelace */
                    last_name: string;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example Verification e-mail sent.
                         * @constant
                         */
                        detail: "Verification e-mail sent.";
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email?: string[];
                        password1?: string[];
                        password2?: string[];
                        first_name?: string[];
                        last_name?: string[];
                        redirect_to?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    account_confirm_email: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The last part of the mailed link. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; leads on to a page. */
            302: {
                headers: {
                    Location: string;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                    "text/html": string;
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                    "text/html": string;
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                    "text/html": string;
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                    "text/html": string;
                };
            };
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
                "application/json": {
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
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "application/x-www-form-urlencoded": {
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
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "multipart/form-data": {
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
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example Verification e-mail sent.
                         * @constant
                         */
                        detail: "Verification e-mail sent.";
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email?: string[];
                        password?: string[];
                        redirect_to?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
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
                "application/json": {
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    old_password: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password1: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password2: string;
                };
                "application/x-www-form-urlencoded": {
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    old_password: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password1: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password2: string;
                };
                "multipart/form-data": {
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    old_password: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password1: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password2: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example New password has been saved. */
                        detail: string;
                        /**
                         * @description Access token, to be sent as a bearer.
                         * @example eyJhbGciOiJFUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIn0.c2lnbmF0dXJl
                         */
                        access?: string;
                        /**
                         * @description Refresh token; works once, then `POST /refresh/` answers with its successor.
                         * @example eyJhbGciOiJFUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIn0.c2lnbmF0dXJl
                         */
                        refresh?: string;
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        old_password?: string[];
                        new_password1?: string[];
                        new_password2?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
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
                "application/json": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "application/x-www-form-urlencoded": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "multipart/form-data": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example Password reset e-mail has been sent.
                         * @constant
                         */
                        detail: "Password reset e-mail has been sent.";
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email?: string[];
                        redirect_to?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    rest_password_reset_set_new: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password1: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password2: string;
                    /** @description What stood in place of `{token}` in the address of `PASSWORD_RESET_REDIRECT`, or the last part of the mailed link itself. */
                    token?: string;
                    /** @description The mark of the link that a form was made for. The built-in form sends it, and is refused when another link was opened since then. */
                    link?: string;
                };
                "application/x-www-form-urlencoded": {
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password1: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password2: string;
                    /** @description What stood in place of `{token}` in the address of `PASSWORD_RESET_REDIRECT`, or the last part of the mailed link itself. */
                    token?: string;
                    /** @description The mark of the link that a form was made for. The built-in form sends it, and is refused when another link was opened since then. */
                    link?: string;
                };
                "multipart/form-data": {
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password1: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    new_password2: string;
                    /** @description What stood in place of `{token}` in the address of `PASSWORD_RESET_REDIRECT`, or the last part of the mailed link itself. */
                    token?: string;
                    /** @description The mark of the link that a form was made for. The built-in form sends it, and is refused when another link was opened since then. */
                    link?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": string;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example Password reset. */
                        detail: string;
                        /**
                         * @description Access token, to be sent as a bearer.
                         * @example eyJhbGciOiJFUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIn0.c2lnbmF0dXJl
                         */
                        access?: string;
                        /**
                         * @description Refresh token; works once, then `POST /refresh/` answers with its successor.
                         * @example eyJhbGciOiJFUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIn0.c2lnbmF0dXJl
                         */
                        refresh?: string;
                    };
                };
            };
            /** @description Done, and a browser form asked: leads on to a page. */
            303: {
                headers: {
                    Location: string;
                    "Set-Cookie": string;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        new_password1?: string[];
                        new_password2?: string[];
                        token?: string[];
                        link?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                    "text/html": string;
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "token_not_valid";
                    };
                    "text/html": string;
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "other_link" | "csrf_failed";
                    };
                    "text/html": string;
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                    "text/html": string;
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                    "text/html": string;
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                    "text/html": string;
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                    "text/html": string;
                };
            };
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
                "application/json": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    new_email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password: string;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "application/x-www-form-urlencoded": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    new_email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password: string;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "multipart/form-data": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    new_email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password: string;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example Verification e-mail sent.
                         * @constant
                         */
                        detail: "Verification e-mail sent.";
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        new_email?: string[];
                        password?: string[];
                        redirect_to?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    email_change_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The last part of the mailed link. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; leads on to a page. */
            302: {
                headers: {
                    Location: string;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                    "text/html": string;
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                    "text/html": string;
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                    "text/html": string;
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                    "text/html": string;
                };
            };
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example ada@example.com */
                        email: string;
                        /** @example Ada */
                        first_name: string;
                        /** @example Lovelace */
                        last_name: string;
                    };
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
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
                "application/json": {
                    /** @description Accepted and ignored. */
                    email?: string;
                    /** @example Ada */
                    first_name?: string;
                    /** @example Lovelace */
                    last_name?: string;
                };
                "application/x-www-form-urlencoded": {
                    /** @description Accepted and ignored. */
                    email?: string;
                    /** @example Ada */
                    first_name?: string;
                    /** @example Lovelace */
                    last_name?: string;
                };
                "multipart/form-data": {
                    /** @description Accepted and ignored. */
                    email?: string;
                    /** @example Ada */
                    first_name?: string;
                    /** @example Lovelace */
                    last_name?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example ada@example.com */
                        email: string;
                        /** @example Ada */
                        first_name: string;
                        /** @example Lovelace */
                        last_name: string;
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email?: string[];
                        first_name?: string[];
                        last_name?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
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
                "application/json": {
                    /** @description Accepted and ignored. */
                    email?: string;
                    /** @example Ada */
                    first_name?: string;
                    /** @example Lovelace */
                    last_name?: string;
                };
                "application/x-www-form-urlencoded": {
                    /** @description Accepted and ignored. */
                    email?: string;
                    /** @example Ada */
                    first_name?: string;
                    /** @example Lovelace */
                    last_name?: string;
                };
                "multipart/form-data": {
                    /** @description Accepted and ignored. */
                    email?: string;
                    /** @example Ada */
                    first_name?: string;
                    /** @example Lovelace */
                    last_name?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example ada@example.com */
                        email: string;
                        /** @example Ada */
                        first_name: string;
                        /** @example Lovelace */
                        last_name: string;
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email?: string[];
                        first_name?: string[];
                        last_name?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    user_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password: string;
                };
                "application/x-www-form-urlencoded": {
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password: string;
                };
                "multipart/form-data": {
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done; there is no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        password?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sessions: {
                            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
                            id: string;
                            /** @description Whether it is the session of this request. */
                            current: boolean;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            last_seen_at: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            expires_at: string;
                            /** @example 192.0.2.1 */
                            ip: string | null;
                            /** @example Firefox */
                            browser: string | null;
                            /** @example Linux */
                            os: string | null;
                            /** @example desktop */
                            device: string | null;
                        }[];
                    };
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    sessions_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    security_events_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: {
                            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
                            id: string;
                            /**
                             * @description What happened.
                             * @example login
                             */
                            kind: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                            /**
                             * @description Who did it: the owner, staff, an operator, or anyone where nothing was proven.
                             * @enum {string}
                             */
                            actor: "self" | "staff" | "operator" | "anyone";
                            session_id: string | null;
                            /** @example 192.0.2.1 */
                            ip: string | null;
                            /** @example Firefox */
                            browser: string | null;
                            /** @example Linux */
                            os: string | null;
                            /** @example desktop */
                            device: string | null;
                            /**
                             * @description What the kind of event says besides.
                             * @example {
                             *       "method": "password"
                             *     }
                             */
                            details: {
                                [key: string]: string | number | boolean;
                            };
                        }[];
                        /**
                         * @description Leads to the next page; null at the end.
                         * @example 01890a5d-ac96-774b-bcce-b302099a8057
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cursor?: string[];
                        limit?: string[];
                        non_field_errors?: string[];
                    };
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    staff_users_list: {
        parameters: {
            query?: {
                search?: string;
                role?: number;
                is_active?: boolean;
                cursor?: string;
                limit?: number;
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
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        users: {
                            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
                            id: string;
                            /** @example ada@example.com */
                            email: string;
                            /** @example Ada */
                            first_name: string;
                            /** @example Lovelace */
                            last_name: string;
                            /**
                             * @description 0 user, 1000 staff, 900 superuser.
                             * @example 0
                             */
                            role: number;
                            is_active: boolean;
                            email_verified: boolean;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                        }[];
                        /**
                         * @description Leads to the next page; null at the end.
                         * @example 01890a5d-ac96-774b-bcce-b302099a8057
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        search?: string[];
                        role?: string[];
                        is_active?: string[];
                        cursor?: string[];
                        limit?: string[];
                        non_field_errors?: string[];
                    };
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
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
                "application/json": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password?: string;
                    /** @example Ada */
                    first_name?: string;
                    /** @example Lovelace */
                    last_name?: string;
                    /**
                     * @description 0 user, 1000 staff, 900 superuser; any other number is the operator's own.
                     * @example 1000
                     */
                    role?: number;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "application/x-www-form-urlencoded": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password?: string;
                    /** @example Ada */
                    first_name?: string;
                    /** @example Lovelace */
                    last_name?: string;
                    /**
                     * @description 0 user, 1000 staff, 900 superuser; any other number is the operator's own.
                     * @example 1000
                     */
                    role?: number;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "multipart/form-data": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /**
                     * Format: password
                     * @example correct horse battery
                     */
                    password?: string;
                    /** @example Ada */
                    first_name?: string;
                    /** @example Lovelace */
                    last_name?: string;
                    /**
                     * @description 0 user, 1000 staff, 900 superuser; any other number is the operator's own.
                     * @example 1000
                     */
                    role?: number;
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
                        id: string;
                        /** @example ada@example.com */
                        email: string;
                        /** @example Ada */
                        first_name: string;
                        /** @example Lovelace */
                        last_name: string;
                        /**
                         * @description 0 user, 1000 staff, 900 superuser.
                         * @example 0
                         */
                        role: number;
                        is_active: boolean;
                        email_verified: boolean;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        created_at: string;
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email?: string[];
                        password?: string[];
                        first_name?: string[];
                        last_name?: string[];
                        role?: string[];
                        redirect_to?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    staff_users_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
                        id: string;
                        /** @example ada@example.com */
                        email: string;
                        /** @example Ada */
                        first_name: string;
                        /** @example Lovelace */
                        last_name: string;
                        /**
                         * @description 0 user, 1000 staff, 900 superuser.
                         * @example 0
                         */
                        role: number;
                        is_active: boolean;
                        email_verified: boolean;
                        /**
                         * Format: date-time
                         * @example 2026-01-31T12:00:00.000Z
                         */
                        created_at: string;
                    };
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    staff_users_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    staff_users_deactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    staff_users_reactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    staff_users_set_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description 0 user, 1000 staff, 900 superuser; any other number is the operator's own.
                     * @example 1000
                     */
                    role: number;
                };
                "application/x-www-form-urlencoded": {
                    /**
                     * @description 0 user, 1000 staff, 900 superuser; any other number is the operator's own.
                     * @example 1000
                     */
                    role: number;
                };
                "multipart/form-data": {
                    /**
                     * @description 0 user, 1000 staff, 900 superuser; any other number is the operator's own.
                     * @example 1000
                     */
                    role: number;
                };
            };
        };
        responses: {
            /** @description Done; there is no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        role?: string[];
                        id?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    staff_users_send_reset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "application/x-www-form-urlencoded": {
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
                "multipart/form-data": {
                    /** @description Where the mailed link leads on to: an address that `REDIRECT_URLS` allows. */
                    redirect_to?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @example Password reset e-mail has been sent.
                         * @constant
                         */
                        detail: "Password reset e-mail has been sent.";
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        redirect_to?: string[];
                        id?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    staff_sessions_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sessions: {
                            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
                            id: string;
                            /** @description Whether it is the session of this request. */
                            current: boolean;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            last_seen_at: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            expires_at: string;
                            /** @example 192.0.2.1 */
                            ip: string | null;
                            /** @example Firefox */
                            browser: string | null;
                            /** @example Linux */
                            os: string | null;
                            /** @example desktop */
                            device: string | null;
                        }[];
                    };
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    staff_sessions_end_all: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    staff_sessions_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id?: string[];
                        session_id?: string[];
                        non_field_errors?: string[];
                    } | (components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "parse_error";
                    });
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                };
            };
            /** @description The request body is too large. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "request_too_large";
                    };
                };
            };
            /** @description The request body is of a kind that is not read. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unsupported_media_type";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
    staff_events_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: {
                            /** @example 01890a5d-ac96-774b-bcce-b302099a8057 */
                            id: string;
                            /**
                             * @description What happened.
                             * @example login
                             */
                            kind: string;
                            /**
                             * Format: date-time
                             * @example 2026-01-31T12:00:00.000Z
                             */
                            created_at: string;
                            /**
                             * @description Who did it: the owner, staff, an operator, or anyone where nothing was proven.
                             * @enum {string}
                             */
                            actor: "self" | "staff" | "operator" | "anyone";
                            session_id: string | null;
                            /** @example 192.0.2.1 */
                            ip: string | null;
                            /** @example Firefox */
                            browser: string | null;
                            /** @example Linux */
                            os: string | null;
                            /** @example desktop */
                            device: string | null;
                            /**
                             * @description What the kind of event says besides.
                             * @example {
                             *       "method": "password"
                             *     }
                             */
                            details: {
                                [key: string]: string | number | boolean;
                            };
                            /** @description The account that did it, where one proved to. */
                            actor_id: string | null;
                        }[];
                        /**
                         * @description Leads to the next page; null at the end.
                         * @example 01890a5d-ac96-774b-bcce-b302099a8057
                         */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The input was refused. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cursor?: string[];
                        limit?: string[];
                        non_field_errors?: string[];
                    };
                };
            };
            /** @description The caller did not prove who it is. */
            401: {
                headers: {
                    "WWW-Authenticate": "Bearer realm=\"api\"";
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_authenticated" | "bad_authorization_header" | "user_not_found" | "user_inactive" | "email_not_verified" | "token_not_valid";
                    };
                };
            };
            /** @description The caller may not do this. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "permission_denied";
                    };
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "not_found";
                    };
                };
            };
            /** @description Too many requests. */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "throttled";
                    };
                };
            };
            /** @description A fault of the server; the log has the same X-Request-Id. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "error";
                    };
                };
            };
            /** @description The server or its database is busy; try again. */
            503: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"] & {
                        /** @enum {string} */
                        code: "unavailable";
                    };
                };
            };
        };
    };
}
