extension EnglishTexts {
    /// The text about `topic` for people of Salesforce; `nil` where it is the one for everybody.
    static func salesforceText(_ topic: Topic) -> PageText? { person(topic) ?? connection(topic) }

    private static func person(_ topic: Topic) -> PageText? {
        switch topic {
        case .emailMissing:
            PageText(
                "Your user has no e-mail address",
                "Cobrowse knows people by their address, and your user in Salesforce has none.",
                "Ask an administrator of Salesforce to enter it, then click the link in the message that Salesforce sends you."
            )
        case .emailPending:
            PageText(
                "Your e-mail address is not verified", "Salesforce has not verified your address so far.",
                "Click the link in Salesforce's message about your e-mail address. An administrator of Salesforce can send it "
                    + "again: Setup > Users.")
        case .emailStatusMissing:
            PageText(
                "Nothing is known about your e-mail address",
                "Salesforce did not say whether your address is verified, so nobody can be let in.",
                "Tell an administrator of Salesforce the decision below: it says what is missing.")
        case .userUnknown:
            PageText(
                "You are not a user of this org",
                "You were signed in, but the connected Salesforce org does not know you.",
                "Ask an administrator of Salesforce to add you to the org.")
        case .userInactive:
            PageText(
                "Your user is not active", "Your user in Salesforce is deactivated.",
                "Ask an administrator of Salesforce to activate it.")
        case .notAPerson:
            PageText(
                "This user cannot use Cobrowse", "Portal, guest and automated users of Salesforce cannot use Cobrowse.",
                "Sign in with your own user of the org.")
        case .roleMissing:
            PageText(
                "You have no role for Cobrowse",
                "Nothing that you are assigned in Salesforce gives access to Cobrowse.",
                "Ask an administrator of Salesforce for the permission set “Cobrowse.io Agent”, or for another one that your "
                    + "organization uses for Cobrowse.")
        case .rolesUnavailable:
            PageText(
                "Your permission sets could not be read",
                "Salesforce did not say which permission sets you have, so nobody can be let in.",
                "Try again in a minute. If it happens again, tell an administrator of Salesforce the decision below.")
        default: nil
        }
    }

    private static func connection(_ topic: Topic) -> PageText? {
        switch topic {
        case .signInBlocked:
            PageText(
                "Salesforce did not let you in",
                "A rule of your organization has refused the sign-in, before Cobrowse was asked.",
                "Ask an administrator of Salesforce: the cause is in the Login History of Setup.")
        case .notConnected:
            PageText(
                "Salesforce is not connected", "For this Cobrowse account no Salesforce org is connected.",
                "Ask an administrator of your Cobrowse account to connect it.")
        case .connectionUntested:
            PageText(
                "The connection to Salesforce is not ready",
                "It was changed, and has not passed its test since then.",
                "Ask an administrator of your Cobrowse account to test and save the connection.")
        case .connectionBroken:
            PageText(
                "The connection to Salesforce does not work",
                "Your sign-in was fine, but this bridge was not let into the org.",
                "Tell an administrator of your Cobrowse account the decision below: it says what has to be renewed, and by whom."
            )
        case .consentRequired:
            PageText(
                "The app does not let you in",
                "An administrator of Salesforce has to say who may use the app before anybody can sign in.",
                "Ask an administrator of Salesforce to assign the app's permission set or profile to you.")
        case .consentDeclined:
            PageText(
                "The access was declined", "The app was not allowed to read who you are.",
                "Sign in again, and allow access.")
        case .providerUnavailable:
            PageText(
                "Salesforce does not answer",
                "Your sign-in could not be finished, because Salesforce could not be reached or is too busy.",
                "Try again in a minute. If it lasts, tell your IT department.")
        default: nil
        }
    }
}
