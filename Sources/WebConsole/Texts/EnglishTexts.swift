/// The texts in English.
enum EnglishTexts {
    static let words = PageWords(
        whatToDo: "What you can do", tryAgain: "Try again", goOn: "Sign in with Microsoft",
        account: "Cobrowse license", askedBy: "Asked by", forTheHelper: "For whoever helps you", reason: "Reason",
        decision: "Decision", request: "Request")

    private static let approveEmail =
        "Copilot Service admin center > User management > Users > Manage > your name > Approve Email"

    static func text(_ topic: Topic) -> PageText {
        switch topic {
        case .answerNotTrusted:
            PageText(
                "The sign-in could not be verified", "The answer of the sign-in service did not hold what it has to.",
                "Try again. If it happens again, tell the operator of this bridge the decision below.")
        case .clocksDiffer:
            PageText(
                "Two clocks differ", "The sign-in seems to come from the past or from the future.",
                "Tell the operator of this bridge: its clock, or that of the sign-in service, has to be corrected.")
        case .tokensRevoked:
            PageText(
                "Your sign-ins were revoked", "An administrator has taken back what was given to you before now.",
                "Ask an administrator of your Cobrowse account, then sign in again.")
        case .emailMissing:
            PageText(
                "Your user has no e-mail address",
                "Cobrowse knows people by their address, and your user in Dynamics 365 has none.",
                "Ask an administrator of Dynamics 365 to enter your primary e-mail address, and to approve it: \(approveEmail)."
            )
        case .emailEmpty:
            PageText(
                "Your e-mail address is not approved", "Nobody has approved your address in Dynamics 365 so far.",
                "Ask an administrator of Dynamics 365 to approve it: \(approveEmail).")
        case .emailPending:
            PageText(
                "Your e-mail address waits for approval", "Your address in Dynamics 365 has not been approved yet.",
                "Ask an administrator of Dynamics 365 to approve it: \(approveEmail).")
        case .emailRejected:
            PageText(
                "Your e-mail address was rejected", "An administrator of Dynamics 365 has rejected your address.",
                "Ask an administrator of Dynamics 365 why. When the address is right, it is approved under: \(approveEmail)."
            )
        case .emailStatusMissing:
            PageText(
                "Your e-mail address has no status", "Dynamics 365 does not say whether your address is approved.",
                "Ask an administrator of Dynamics 365 to save your user again and to approve the address: \(approveEmail)."
            )
        case .emailOfSandbox:
            PageText(
                "Your e-mail address is that of a refreshed sandbox",
                "Your address ends in .invalid: Salesforce has made it one that no message reaches when the sandbox was "
                    + "refreshed.",
                "Ask an administrator of the sandbox to take .invalid off your address, then click the link in the message "
                    + "that Salesforce sends you.")
        case .emailNotAllowed:
            PageText(
                "Your e-mail address may not sign in here", "The operator of this bridge does not let this address in.",
                "Ask the operator of this bridge which addresses may sign in.")
        case .userUnknown:
            PageText(
                "You are not a user of this environment",
                "You were signed in, but the connected Dynamics 365 environment does not know you.",
                "Ask an administrator of Dynamics 365 to add you to the environment.")
        case .userInactive:
            PageText(
                "Your user is disabled", "Your user in Dynamics 365 is disabled.",
                "Ask an administrator of Dynamics 365 to enable it.")
        case .userFrozen:
            PageText(
                "Your user is frozen", "An administrator has frozen your user.",
                "Ask an administrator of Salesforce to unfreeze it.")
        case .notAPerson:
            PageText(
                "This user is not a person", "Application, support and non-interactive users cannot use Cobrowse.",
                "Sign in with your own user, or ask an administrator of Dynamics 365 to change your access mode.")
        case .signInBlocked:
            PageText(
                "Your organization did not let you in",
                "A rule of your organization has refused the sign-in, before Cobrowse was asked.",
                "Ask your IT department: the administrator of Microsoft Entra finds the cause in the sign-in log.")
        case .appLacksScope:
            PageText(
                "The app may not read who you are",
                "Your sign-in was fine, but the app of this bridge was not allowed to ask who you are.",
                "Tell an administrator of Salesforce the decision below: it says which scopes the app lacks.")
        case .otherOrganization:
            PageText(
                "This account belongs to another organization",
                "You signed in with an account of an organization that is not connected.",
                "Sign in with your work account of the connected organization.")
        case .roleMissing:
            PageText(
                "You have no role for Cobrowse",
                "Nothing that you are assigned in Dynamics 365 gives access to Cobrowse.",
                "Ask an administrator of Dynamics 365 for the security role “Cobrowse.io - Agent”, "
                    + "or for another one that your organization uses for Cobrowse.")
        case .rolesUnavailable:
            PageText(
                "Your roles could not be read",
                "Dynamics 365 did not say which roles you have, so nobody can be let in.",
                "Try again in a minute. If it happens again, tell an administrator of Dynamics 365 the decision below.")
        case .accountDisabled:
            PageText(
                "Your Cobrowse account is disabled", "An administrator has disabled your account.",
                "Ask an administrator of your Cobrowse account.")
        case .addressTaken:
            PageText(
                "Somebody else has this e-mail address",
                "Another user of your organization already uses Cobrowse with your address.",
                "Ask an administrator of your Cobrowse account: the address has to be corrected, or taken from the other user."
            )
        case .notConnected:
            PageText(
                "Dynamics 365 is not connected", "For this Cobrowse account no Dynamics 365 environment is connected.",
                "Ask an administrator of your Cobrowse account to connect it.")
        case .connectionUntested:
            PageText(
                "The connection to Dynamics 365 is not ready",
                "It was changed, and has not passed its test since then.",
                "Ask an administrator of your Cobrowse account to test and save the connection.")
        case .connectionBroken:
            PageText(
                "The connection to Dynamics 365 does not work",
                "Your sign-in was fine, but this bridge was not let into the environment.",
                "Tell an administrator of your Cobrowse account the decision below: it says what has to be renewed, and by whom."
            )
        case .consentRequired:
            PageText(
                "Your organization has not consented yet",
                "An administrator of Microsoft Entra has to allow the application before anybody can sign in.",
                "Ask an administrator of your Cobrowse account for the consent link, and your IT department to approve it."
            )
        case .consentDeclined:
            PageText(
                "The consent was declined", "The application was not allowed to read who you are.",
                "Ask your IT department to approve the consent link, and try again.")
        case .consentGiven:
            PageText(
                "Thank you: the consent was given", "People of your organization can now sign in to Cobrowse.",
                "You can close this window.")
        case .organizationsAsked:
            PageText(
                "Somebody wants to see your environments",
                "Whoever is named below will see the names and addresses of all environments of Dynamics 365 that your "
                    + "account reaches, for ten minutes.",
                "Go on only if you asked for this yourself, or know who did. Otherwise close this window: nothing has "
                    + "been shown to anybody.")
        case .organizationsReady:
            PageText(
                "You are signed in", "The organizations that you can reach can be listed now, for ten minutes.",
                "Close this window, and ask for the list again.")
        case .providerUnavailable:
            PageText(
                "Microsoft or Dynamics 365 does not answer",
                "Your sign-in could not be finished, because one of them could not be reached or is too busy.",
                "Try again in a minute. If it lasts, tell your IT department.")
        case .startAgain:
            PageText(
                "This sign-in is no longer good",
                "It was begun in another window, was finished already, or took longer than ten minutes.",
                "Go back to where you came from and sign in again, in one browser window. The browser has to accept cookies."
            )
        case .reloadNeeded:
            PageText(
                "This page has to be loaded again",
                "What it was opened with is good for five minutes and for once, so that nobody else can use it.",
                "Reload the page in Salesforce.")
        case .redirectNotAllowed:
            PageText(
                "This page may not ask for a sign-in",
                "The page that sent you here is not among those that your Cobrowse account trusts.",
                "Ask an administrator of your Cobrowse account to add the page's origin.")
        case .linkBroken:
            PageText(
                "This link does not work",
                "The page that sent you here asked for the sign-in in a way that is not understood.",
                "Ask whoever runs that page to correct the link: license, redirectTo and connection are what it may name."
            )
        case .tooManyAttempts:
            PageText(
                "Too many attempts", "Too many sign-ins of your network were begun or refused within a short time.",
                "Wait a minute, then try again.")
        case .notSetUp:
            PageText(
                "This bridge is not set up for signing in", "A setting of the service is missing or wrong.",
                "Tell the operator of this bridge; the log says which setting it is.")
        case .internalProblem:
            PageText(
                "Something went wrong", "The bridge could not finish your sign-in.",
                "Try again. If it happens again, tell the operator of this bridge the request below.")
        }
    }
}
