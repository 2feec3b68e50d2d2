extension GermanTexts {
    /// The text about `topic` for people of Salesforce; `nil` where it is the one for everybody.
    static func salesforceText(_ topic: Topic) -> PageText? { person(topic) ?? connection(topic) }

    private static func person(_ topic: Topic) -> PageText? {
        switch topic {
        case .emailMissing:
            PageText(
                "Ihr Benutzer hat keine E-Mail-Adresse",
                "Cobrowse kennt Menschen an ihrer Adresse, und Ihr Benutzer in Salesforce hat keine.",
                "Bitten Sie die Administration von Salesforce, sie einzutragen, und klicken Sie dann auf den Link in der Nachricht "
                    + "von Salesforce.")
        case .emailPending:
            PageText(
                "Ihre E-Mail-Adresse ist nicht bestätigt", "Salesforce hat Ihre Adresse bisher nicht bestätigt.",
                "Klicken Sie auf den Link in der Nachricht von Salesforce zu Ihrer E-Mail-Adresse. Die Administration von "
                    + "Salesforce kann sie erneut senden: Setup > Benutzer.")
        case .emailStatusMissing:
            PageText(
                "Über Ihre E-Mail-Adresse ist nichts bekannt",
                "Salesforce hat nicht gesagt, ob Ihre Adresse bestätigt ist; deshalb kann niemand eingelassen werden.",
                "Nennen Sie der Administration von Salesforce die Entscheidung unten: Dort steht, was fehlt.")
        case .userUnknown:
            PageText(
                "Sie sind in dieser Org nicht bekannt",
                "Sie wurden angemeldet, aber die verbundene Org von Salesforce kennt Sie nicht.",
                "Bitten Sie die Administration von Salesforce, Sie der Org hinzuzufügen.")
        case .userInactive:
            PageText(
                "Ihr Benutzer ist nicht aktiv", "Ihr Benutzer in Salesforce ist deaktiviert.",
                "Bitten Sie die Administration von Salesforce, ihn zu aktivieren.")
        case .notAPerson:
            PageText(
                "Dieser Benutzer kann Cobrowse nicht verwenden",
                "Portal-, Gast- und automatische Benutzer von Salesforce können Cobrowse nicht verwenden.",
                "Melden Sie sich mit Ihrem eigenen Benutzer der Org an.")
        case .roleMissing:
            PageText(
                "Sie haben keine Rolle für Cobrowse",
                "Nichts, was Ihnen in Salesforce zugewiesen ist, gibt Zugang zu Cobrowse.",
                "Bitten Sie die Administration von Salesforce um den Berechtigungssatz „Cobrowse.io Agent“ oder um einen "
                    + "anderen, den Ihre Organisation für Cobrowse verwendet.")
        case .rolesUnavailable:
            PageText(
                "Ihre Berechtigungssätze konnten nicht gelesen werden",
                "Salesforce hat nicht gesagt, welche Berechtigungssätze Sie haben; deshalb kann niemand eingelassen werden.",
                "Versuchen Sie es in einer Minute noch einmal. Geschieht es wieder, nennen Sie der Administration von "
                    + "Salesforce die Entscheidung unten.")
        default: nil
        }
    }

    private static func connection(_ topic: Topic) -> PageText? {
        switch topic {
        case .signInBlocked:
            PageText(
                "Salesforce hat Sie nicht eingelassen",
                "Eine Regel Ihrer Organisation hat die Anmeldung abgelehnt, bevor Cobrowse gefragt wurde.",
                "Fragen Sie die Administration von Salesforce: Der Grund steht im Anmeldeverlauf unter Setup.")
        case .notConnected:
            PageText(
                "Salesforce ist nicht verbunden", "Mit diesem Cobrowse-Konto ist keine Org von Salesforce verbunden.",
                "Bitten Sie die Administration Ihres Cobrowse-Kontos, sie zu verbinden.")
        case .connectionUntested:
            PageText(
                "Die Verbindung zu Salesforce ist nicht bereit",
                "Sie wurde geändert und hat seitdem ihre Prüfung nicht bestanden.",
                "Bitten Sie die Administration Ihres Cobrowse-Kontos, die Verbindung zu prüfen und zu speichern.")
        case .connectionBroken:
            PageText(
                "Die Verbindung zu Salesforce funktioniert nicht",
                "Ihre Anmeldung war in Ordnung, aber diese Bridge wurde nicht in die Org gelassen.",
                "Nennen Sie der Administration Ihres Cobrowse-Kontos die Entscheidung unten: Dort steht, was zu erneuern ist "
                    + "und von wem.")
        case .consentRequired:
            PageText(
                "Die App lässt Sie nicht ein",
                "Die Administration von Salesforce muss festlegen, wer die App verwenden darf, bevor sich jemand anmelden kann.",
                "Bitten Sie die Administration von Salesforce, Ihnen den Berechtigungssatz oder das Profil der App zuzuweisen."
            )
        case .consentDeclined:
            PageText(
                "Der Zugriff wurde abgelehnt", "Die App durfte nicht lesen, wer Sie sind.",
                "Melden Sie sich noch einmal an, und erlauben Sie den Zugriff.")
        case .providerUnavailable:
            PageText(
                "Salesforce antwortet nicht",
                "Ihre Anmeldung konnte nicht beendet werden, weil Salesforce nicht erreichbar oder überlastet ist.",
                "Versuchen Sie es in einer Minute noch einmal. Dauert es an, sagen Sie es Ihrer IT-Abteilung.")
        default: nil
        }
    }
}
