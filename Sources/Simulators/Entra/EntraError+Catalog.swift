extension EntraError {
    /// The numbers people meet. Each is a fault of the sign-in and of the token endpoint, too.
    static let catalog: [Entry] = [
        Entry(
            7_000_215, "invalid_client",
            """
            Invalid client secret provided. Ensure the secret being sent in the request is the \
            client secret value, not the client secret ID, for a secret added to the app.
            """),
        Entry(
            7_000_222, "invalid_client",
            """
            The provided client secret keys for the app are expired. Visit the Azure portal to \
            create new keys for your app.
            """),
        Entry(
            7_000_218, "invalid_client",
            """
            The request body must contain the following parameter: 'client_assertion' or \
            'client_secret'.
            """),
        Entry(
            700_025, "invalid_client",
            "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
        Entry(
            700_027, "invalid_client",
            """
            The certificate with identifier used to sign the client assertion is not registered on \
            application.
            """),
        Entry(
            700_016, "unauthorized_client",
            """
            Application was not found in the directory. You may have sent your authentication \
            request to the wrong tenant.
            """),
        Entry(70_001, "unauthorized_client", "The application is not supported for this account or is disabled."),
        Entry(7_000_112, "unauthorized_client", "Application is disabled."),
        Entry(
            90_002, "invalid_request",
            """
            Tenant not found. Check to make sure you have the correct tenant ID and are signing into \
            the correct cloud.
            """),
        Entry(
            900_023, "invalid_request",
            "Specified tenant identifier is neither a valid DNS name, nor a valid external domain."),
        Entry(
            50_059, "invalid_request",
            """
            No tenant-identifying information found in either the request or implied by any provided \
            credentials.
            """),
        Entry(
            50_194, "invalid_request",
            """
            Application is not configured as a multi-tenant application. Usage of the /common \
            endpoint is not supported for such apps.
            """),
        Entry(
            9_001_023, "invalid_request",
            """
            The grant type is not supported over the /common or /consumers endpoints. Please use the \
            /organizations or tenant-specific endpoint.
            """),
        Entry(90_038, "invalid_request", "The tenant belongs to another national cloud."),
        Entry(900_382, "invalid_request", "Confidential client is not supported in cross-cloud request."),
        Entry(900_432, "invalid_request", "Confidential client is not supported in cross-cloud request."),
        Entry(
            50_011, "invalid_request",
            """
            The redirect URI specified in the request does not match the redirect URIs configured \
            for the application.
            """),
        Entry(900_971, "invalid_request", "No reply address provided."),
        Entry(500_011, "invalid_resource", "The resource principal was not found in the tenant."),
        Entry(50_001, "invalid_resource", "The resource is disabled or does not exist."),
        Entry(70_011, "invalid_scope", "The provided value for the input parameter 'scope' is not valid."),
        Entry(
            700_022, "invalid_request",
            """
            The provided value for the input parameter scope is not valid because it contains more \
            than one resource.
            """),
        Entry(
            650_057, "invalid_resource",
            """
            Invalid resource. The client has requested access to a resource which is not listed in \
            the requested permissions in the client's application registration.
            """),
        Entry(
            650_052, "invalid_resource",
            """
            The app needs access to a service that your organization has not subscribed to or \
            enabled.
            """),
        Entry(
            650_056, "unauthorized_client",
            """
            Misconfigured application. The client has not listed any permissions, or the admin has \
            not consented in the tenant.
            """),
        Entry(
            65_001, callback: "consent_required", token: "invalid_grant",
            """
            The user or administrator has not consented to use the application. Send an interactive \
            authorization request for this user and resource.
            """),
        Entry(
            65_004, callback: "access_denied", token: "invalid_grant",
            "User declined to consent to access the app."),
        Entry(
            90_094, callback: "access_denied", token: "invalid_grant",
            "Admin consent is required for the permissions requested by this application."),
        Entry(
            90_095, callback: "access_denied", token: "invalid_grant",
            """
            Admin consent is required for the permissions requested by this application; a request \
            may be sent to the admin.
            """),
        Entry(
            50_105, callback: "access_denied", token: "interaction_required",
            """
            Your administrator has configured the application to block users unless they are \
            specifically granted ('assigned') access to the application.
            """),
        Entry(
            50_020, callback: "access_denied", token: "invalid_grant",
            """
            User account from identity provider does not exist in tenant and cannot access the \
            application in that tenant. The account needs to be added as an external user in the \
            tenant first.
            """),
        Entry(
            50_034, callback: "access_denied", token: "invalid_grant",
            """
            The user account does not exist in the directory. To sign into this application, the \
            account must be added to the directory.
            """),
        Entry(
            51_004, callback: "access_denied", token: "invalid_grant",
            """
            The user account does not exist in the directory. To sign into this application, the \
            account must be added to the directory.
            """),
        Entry(
            16_000, callback: "interaction_required", token: "interaction_required",
            """
            Either multiple user identities are available for the current request or the selected \
            account is not supported for the scenario.
            """),
        Entry(
            53_003, callback: "access_denied", token: "interaction_required",
            """
            Access has been blocked by Conditional Access policies. The access policy does not allow \
            token issuance.
            """),
        Entry(
            53_000, callback: "access_denied", token: "interaction_required",
            """
            Device is not in required device state: compliant. Conditional Access policy requires a \
            compliant device, and the device is not compliant.
            """),
        Entry(
            53_001, callback: "access_denied", token: "interaction_required",
            """
            Device is not in required device state: domain_joined. Conditional Access policy \
            requires a domain joined device.
            """),
        Entry(
            530_032, callback: "access_denied", token: "interaction_required",
            "Access has been blocked due to a security policy on your tenant."),
        Entry(
            530_035, callback: "access_denied", token: "interaction_required",
            "Access has been blocked by security defaults."),
        Entry(
            50_076, callback: "interaction_required", token: "invalid_grant",
            """
            Due to a configuration change made by your administrator, or because you moved to a new \
            location, you must use multi-factor authentication to access the resource.
            """),
        Entry(
            50_079, callback: "interaction_required", token: "invalid_grant",
            """
            Due to a configuration change made by your administrator, or because you moved to a new \
            location, you must enroll in multi-factor authentication to access the resource.
            """),
        Entry(
            50_074, callback: "interaction_required", token: "invalid_grant",
            "Strong Authentication is required."),
        Entry(
            50_058, callback: "login_required", token: "invalid_grant",
            "A silent sign-in request was sent but no user is signed in."),
        Entry(50_057, callback: "access_denied", token: "invalid_grant", "The user account is disabled."),
        Entry(
            50_126, callback: "access_denied", token: "invalid_grant",
            "Error validating credentials due to invalid username or password."),
        Entry(
            50_053, callback: "access_denied", token: "invalid_grant",
            """
            The account is locked, you've tried to sign in too many times with an incorrect user ID \
            or password.
            """),
        Entry(
            50_173, "invalid_grant",
            """
            The provided grant has expired due to it being revoked, a fresh auth token is needed. \
            The user might have changed or reset their password.
            """),
        Entry(
            70_008, "invalid_grant",
            """
            The provided authorization code or refresh token has expired due to inactivity. Send a \
            new interactive authorization request for this user and resource.
            """),
        Entry(700_082, "invalid_grant", "The refresh token has expired due to inactivity."),
        Entry(
            70_043, "invalid_grant",
            """
            The refresh token has expired or is invalid due to sign-in frequency checks by \
            conditional access.
            """),
        Entry(
            54_005, "invalid_grant",
            """
            OAuth2 Authorization code was already redeemed, please retry with a new valid code or \
            use an existing refresh token.
            """),
        Entry(70_000, "invalid_grant", "The provided value for the 'code' parameter is not valid."),
        Entry(
            501_481, "invalid_grant",
            """
            The Code_Verifier does not match the code_challenge supplied in the authorization \
            request.
            """),
        Entry(50_147, "invalid_request", "Invalid size of Code_Challenge parameter."),
        Entry(501_491, "invalid_grant", "Invalid size of Code_Verifier parameter."),
        Entry(
            700_005, "invalid_grant",
            "Provided Authorization Code is intended to use against other tenant, thus rejected."),
        Entry(700_054, "unsupported_response_type", "response_type 'id_token' is not enabled for the application."),
        Entry(
            50_196, "invalid_grant",
            """
            The server terminated an operation because it encountered a client request loop. Please \
            contact your app vendor.
            """),
        Entry(90_055, "temporarily_unavailable", "The tenant has been throttled due to too many requests."),
        Entry(90_033, "temporarily_unavailable", "A transient error has occurred. Please try again."),
        Entry(90_006, "temporarily_unavailable", "The service is temporarily unavailable. Please retry later."),
        Entry(90_012, "temporarily_unavailable", "The request timed out."),
        Entry(50_033, "temporarily_unavailable", "A transient error occurred."),
    ]
}
