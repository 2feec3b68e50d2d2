/// The texts in German.
enum GermanTexts {
    static let words = PageWords(
        whatToDo: "Was Sie tun können", tryAgain: "Noch einmal versuchen", goOn: "Bei Microsoft anmelden",
        account: "Cobrowse-Lizenz", askedBy: "Gefragt hat", forTheHelper: "Für alle, die Ihnen helfen",
        reason: "Grund", decision: "Entscheidung", request: "Anfrage")

    private static let approveEmail =
        "Copilot Service admin center > User management > Users > Manage > Ihr Name > Approve Email"

    static func text(_ topic: Topic) -> PageText {
        switch topic {
        case .answerNotTrusted:
            PageText(
                "Die Anmeldung konnte nicht geprüft werden",
                "Die Antwort des Anmeldedienstes enthielt nicht, was sie enthalten muss.",
                "Versuchen Sie es noch einmal. Geschieht es wieder, nennen Sie dem Betreiber dieser Bridge die Entscheidung unten."
            )
        case .clocksDiffer:
            PageText(
                "Zwei Uhren gehen verschieden",
                "Die Anmeldung scheint aus der Vergangenheit oder der Zukunft zu kommen.",
                "Sagen Sie es dem Betreiber dieser Bridge: Eine der Uhren, seine oder die des Anmeldedienstes, muss gestellt werden."
            )
        case .tokensRevoked:
            PageText(
                "Ihre Anmeldungen wurden widerrufen",
                "Was Ihnen bisher gegeben wurde, hat eine Administratorin oder ein Administrator zurückgenommen.",
                "Fragen Sie die Administration Ihres Cobrowse-Kontos und melden Sie sich dann neu an.")
        case .emailMissing:
            PageText(
                "Ihr Benutzer hat keine E-Mail-Adresse",
                "Cobrowse kennt Menschen an ihrer Adresse, und Ihr Benutzer in Dynamics 365 hat keine.",
                "Bitten Sie die Administration von Dynamics 365, Ihre primäre E-Mail-Adresse einzutragen und zu genehmigen: "
                    + "\(approveEmail).")
        case .emailEmpty:
            PageText(
                "Ihre E-Mail-Adresse ist nicht genehmigt", "In Dynamics 365 hat bisher niemand Ihre Adresse genehmigt.",
                "Bitten Sie die Administration von Dynamics 365, sie zu genehmigen: \(approveEmail).")
        case .emailPending:
            PageText(
                "Ihre E-Mail-Adresse wartet auf Genehmigung", "Ihre Adresse in Dynamics 365 ist noch nicht genehmigt.",
                "Bitten Sie die Administration von Dynamics 365, sie zu genehmigen: \(approveEmail).")
        case .emailRejected:
            PageText(
                "Ihre E-Mail-Adresse wurde abgelehnt",
                "Die Administration von Dynamics 365 hat Ihre Adresse abgelehnt.",
                "Fragen Sie dort nach dem Grund. Stimmt die Adresse, wird sie hier genehmigt: \(approveEmail).")
        case .emailStatusMissing:
            PageText(
                "Ihre E-Mail-Adresse hat keinen Status", "Dynamics 365 sagt nicht, ob Ihre Adresse genehmigt ist.",
                "Bitten Sie die Administration von Dynamics 365, Ihren Benutzer neu zu speichern und die Adresse zu genehmigen: "
                    + "\(approveEmail).")
        case .emailOfSandbox:
            PageText(
                "Ihre E-Mail-Adresse ist die einer aufgefrischten Sandbox",
                "Ihre Adresse endet auf .invalid: Salesforce hat sie beim Auffrischen der Sandbox so geändert, dass sie keine "
                    + "Nachricht erreicht.",
                "Bitten Sie die Administration der Sandbox, .invalid aus Ihrer Adresse zu entfernen, und klicken Sie dann auf "
                    + "den Link in der Nachricht von Salesforce.")
        case .emailNotAllowed:
            PageText(
                "Ihre E-Mail-Adresse darf sich hier nicht anmelden",
                "Der Betreiber dieser Bridge lässt diese Adresse nicht zu.",
                "Fragen Sie den Betreiber dieser Bridge, welche Adressen sich anmelden dürfen.")
        case .userUnknown:
            PageText(
                "Sie sind in dieser Umgebung nicht bekannt",
                "Sie wurden angemeldet, aber die verbundene Umgebung von Dynamics 365 kennt Sie nicht.",
                "Bitten Sie die Administration von Dynamics 365, Sie der Umgebung hinzuzufügen.")
        case .userInactive:
            PageText(
                "Ihr Benutzer ist deaktiviert", "Ihr Benutzer in Dynamics 365 ist deaktiviert.",
                "Bitten Sie die Administration von Dynamics 365, ihn zu aktivieren.")
        case .userFrozen:
            PageText(
                "Ihr Benutzer ist eingefroren", "Die Administration hat Ihren Benutzer eingefroren.",
                "Bitten Sie die Administration von Salesforce, ihn freizugeben.")
        case .notAPerson:
            PageText(
                "Dieser Benutzer ist kein Mensch",
                "Anwendungs-, Support- und nicht interaktive Benutzer können Cobrowse nicht verwenden.",
                "Melden Sie sich mit Ihrem eigenen Benutzer an, oder bitten Sie die Administration von Dynamics 365, "
                    + "Ihren Zugriffsmodus zu ändern.")
        case .signInBlocked:
            PageText(
                "Ihre Organisation hat die Anmeldung nicht zugelassen",
                "Eine Regel Ihrer Organisation hat sie abgelehnt, bevor Cobrowse gefragt wurde.",
                "Fragen Sie Ihre IT-Abteilung: Der Grund steht im Anmeldeprotokoll von Microsoft Entra.")
        case .appLacksScope:
            PageText(
                "Die App darf nicht lesen, wer Sie sind",
                "Ihre Anmeldung war in Ordnung, aber die App dieser Bridge durfte nicht fragen, wer Sie sind.",
                "Nennen Sie der Administration von Salesforce die Entscheidung unten: Dort steht, welche Bereiche (Scopes) der "
                    + "App fehlen.")
        case .otherOrganization:
            PageText(
                "Dieses Konto gehört zu einer anderen Organisation",
                "Sie haben sich mit einem Konto einer Organisation angemeldet, die nicht verbunden ist.",
                "Melden Sie sich mit Ihrem Geschäftskonto der verbundenen Organisation an.")
        case .roleMissing:
            PageText(
                "Sie haben keine Rolle für Cobrowse",
                "Nichts, was Ihnen in Dynamics 365 zugewiesen ist, gibt Zugang zu Cobrowse.",
                "Bitten Sie die Administration von Dynamics 365 um die Sicherheitsrolle „Cobrowse.io - Agent“ "
                    + "oder um eine andere, die Ihre Organisation für Cobrowse verwendet.")
        case .rolesUnavailable:
            PageText(
                "Ihre Rollen konnten nicht gelesen werden",
                "Dynamics 365 hat nicht gesagt, welche Rollen Sie haben; deshalb kann niemand eingelassen werden.",
                "Versuchen Sie es in einer Minute noch einmal. Geschieht es wieder, nennen Sie der Administration von "
                    + "Dynamics 365 die Entscheidung unten.")
        case .accountDisabled:
            PageText(
                "Ihr Cobrowse-Konto ist deaktiviert", "Eine Administratorin oder ein Administrator hat es deaktiviert.",
                "Fragen Sie die Administration Ihres Cobrowse-Kontos.")
        case .addressTaken:
            PageText(
                "Jemand anderes hat diese E-Mail-Adresse",
                "Ein anderer Benutzer Ihrer Organisation verwendet Cobrowse schon mit Ihrer Adresse.",
                "Fragen Sie die Administration Ihres Cobrowse-Kontos: Die Adresse muss berichtigt oder dem anderen Benutzer "
                    + "genommen werden.")
        case .notConnected:
            PageText(
                "Dynamics 365 ist nicht verbunden",
                "Mit diesem Cobrowse-Konto ist keine Umgebung von Dynamics 365 verbunden.",
                "Bitten Sie die Administration Ihres Cobrowse-Kontos, sie zu verbinden.")
        case .connectionUntested:
            PageText(
                "Die Verbindung zu Dynamics 365 ist nicht bereit",
                "Sie wurde geändert und hat seitdem ihre Prüfung nicht bestanden.",
                "Bitten Sie die Administration Ihres Cobrowse-Kontos, die Verbindung zu prüfen und zu speichern.")
        case .connectionBroken:
            PageText(
                "Die Verbindung zu Dynamics 365 funktioniert nicht",
                "Ihre Anmeldung war in Ordnung, aber diese Bridge wurde nicht in die Umgebung gelassen.",
                "Nennen Sie der Administration Ihres Cobrowse-Kontos die Entscheidung unten: Dort steht, was zu erneuern ist "
                    + "und von wem.")
        case .consentRequired:
            PageText(
                "Ihre Organisation hat noch nicht zugestimmt",
                "Eine Administratorin oder ein Administrator von Microsoft Entra muss die Anwendung zulassen, bevor sich jemand "
                    + "anmelden kann.",
                "Bitten Sie die Administration Ihres Cobrowse-Kontos um den Link zur Zustimmung und Ihre IT-Abteilung, "
                    + "ihn zu bestätigen.")
        case .consentDeclined:
            PageText(
                "Die Zustimmung wurde abgelehnt", "Die Anwendung darf nicht lesen, wer Sie sind.",
                "Bitten Sie Ihre IT-Abteilung, den Link zur Zustimmung zu bestätigen, und versuchen Sie es noch einmal."
            )
        case .consentGiven:
            PageText(
                "Danke: Die Zustimmung wurde erteilt",
                "Die Menschen Ihrer Organisation können sich jetzt bei Cobrowse anmelden.",
                "Sie können dieses Fenster schließen.")
        case .organizationsAsked:
            PageText(
                "Jemand möchte Ihre Umgebungen sehen",
                "Wer unten genannt ist, sieht zehn Minuten lang Namen und Adressen aller Umgebungen von Dynamics 365, die "
                    + "Ihr Konto erreicht.",
                "Gehen Sie nur weiter, wenn Sie selbst danach gefragt haben oder wissen, wer es war. Schließen Sie sonst "
                    + "dieses Fenster: Niemand hat etwas gesehen.")
        case .organizationsReady:
            PageText(
                "Sie sind angemeldet",
                "Die Organisationen, die Sie erreichen, können jetzt zehn Minuten lang aufgelistet werden.",
                "Schließen Sie dieses Fenster, und rufen Sie die Liste noch einmal ab.")
        case .providerUnavailable:
            PageText(
                "Microsoft oder Dynamics 365 antwortet nicht",
                "Ihre Anmeldung konnte nicht beendet werden, weil eines von beiden nicht erreichbar oder überlastet ist.",
                "Versuchen Sie es in einer Minute noch einmal. Dauert es an, sagen Sie es Ihrer IT-Abteilung.")
        case .startAgain:
            PageText(
                "Diese Anmeldung gilt nicht mehr",
                "Sie wurde in einem anderen Fenster begonnen, ist schon beendet oder dauerte länger als zehn Minuten.",
                "Gehen Sie dorthin zurück, woher Sie kamen, und melden Sie sich neu an, in einem einzigen Browserfenster. "
                    + "Der Browser muss Cookies annehmen.")
        case .reloadNeeded:
            PageText(
                "Diese Seite muss neu geladen werden",
                "Womit sie geöffnet wurde, gilt fünf Minuten und nur einmal, damit es niemand sonst verwenden kann.",
                "Laden Sie die Seite in Salesforce neu.")
        case .redirectNotAllowed:
            PageText(
                "Diese Seite darf keine Anmeldung verlangen",
                "Die Seite, von der Sie kommen, gehört nicht zu denen, denen Ihr Cobrowse-Konto vertraut.",
                "Bitten Sie die Administration Ihres Cobrowse-Kontos, den Ursprung der Seite aufzunehmen.")
        case .linkBroken:
            PageText(
                "Dieser Link funktioniert nicht",
                "Die Seite, von der Sie kommen, hat die Anmeldung auf eine Weise verlangt, die nicht verstanden wird.",
                "Bitten Sie, wer diese Seite betreibt, den Link zu berichtigen: license, redirectTo und connection darf er nennen."
            )
        case .tooManyAttempts:
            PageText(
                "Zu viele Versuche",
                "In kurzer Zeit wurden zu viele Anmeldungen aus Ihrem Netz begonnen oder abgelehnt.",
                "Warten Sie eine Minute, und versuchen Sie es dann noch einmal.")
        case .notSetUp:
            PageText(
                "Diese Bridge ist nicht für Anmeldungen eingerichtet",
                "Eine Einstellung des Dienstes fehlt oder ist falsch.",
                "Sagen Sie es dem Betreiber dieser Bridge; im Protokoll steht, welche Einstellung es ist.")
        case .internalProblem:
            PageText(
                "Etwas ist schiefgegangen", "Die Bridge konnte Ihre Anmeldung nicht beenden.",
                "Versuchen Sie es noch einmal. Geschieht es wieder, nennen Sie dem Betreiber dieser Bridge die Anfrage unten."
            )
        }
    }
}
