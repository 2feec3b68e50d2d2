import BridgeCore
import BridgeTesting
import Connectors
import Testing

/// One AADSTS number that people meet, with who can mend it.
struct EntraErrorSample: Sendable, CustomTestStringConvertible {
    let number: Int64
    let code: ReasonCode
    let fixedBy: FixedBy?
    /// A word that the sentence has to say.
    let word: String

    init(_ number: Int64, _ code: ReasonCode, _ fixedBy: FixedBy?, _ word: String) {
        (self.number, self.code, self.fixedBy, self.word) = (number, code, fixedBy, word)
    }

    var testDescription: String { "AADSTS\(number)" }
}

@Suite("A refusal of Entra's")
struct EntraErrorTests {
    static let samples: [EntraErrorSample] = [
        EntraErrorSample(7_000_215, .credentialsRejected, .tenantAdministrator, "Secret ID"),
        EntraErrorSample(7_000_222, .credentialsExpired, .tenantAdministrator, "expired"),
        EntraErrorSample(7_000_218, .credentialsRejected, .bridgeOperator, "neither"),
        EntraErrorSample(700_025, .credentialsRejected, .tenantAdministrator, "public client"),
        EntraErrorSample(700_027, .credentialsRejected, .tenantAdministrator, "certificate"),
        EntraErrorSample(700_016, .credentialsRejected, .tenantAdministrator, "client id"),
        EntraErrorSample(70001, .credentialsRejected, .tenantAdministrator, "disabled"),
        EntraErrorSample(7_000_112, .credentialsRejected, .tenantAdministrator, "disabled"),
        EntraErrorSample(90002, .credentialsRejected, .tenantAdministrator, "no such tenant"),
        EntraErrorSample(900_023, .credentialsRejected, .tenantAdministrator, "no such tenant"),
        EntraErrorSample(50059, .configurationInvalid, .bridgeOperator, "tenant"),
        EntraErrorSample(50194, .configurationInvalid, .bridgeOperator, "own tenant"),
        EntraErrorSample(9_001_023, .configurationInvalid, .bridgeOperator, "own tenant"),
        EntraErrorSample(90038, .configurationInvalid, .bridgeOperator, "clouds"),
        EntraErrorSample(900_382, .configurationInvalid, .bridgeOperator, "clouds"),
        EntraErrorSample(900_432, .configurationInvalid, .bridgeOperator, "clouds"),
        EntraErrorSample(50011, .redirectNotAllowed, .tenantAdministrator, "redirect URI"),
        EntraErrorSample(900_971, .redirectNotAllowed, .tenantAdministrator, "redirect URI"),
        EntraErrorSample(500_011, .environmentNotFound, .environmentAdministrator, "environment URL"),
        EntraErrorSample(50001, .environmentNotFound, .environmentAdministrator, "environment URL"),
        EntraErrorSample(70011, .configurationInvalid, .bridgeOperator, "scope"),
        EntraErrorSample(700_022, .configurationInvalid, .bridgeOperator, "scope"),
        EntraErrorSample(650_057, .consentRequired, .tenantAdministrator, "user_impersonation"),
        EntraErrorSample(650_052, .consentRequired, .tenantAdministrator, "service principal"),
        EntraErrorSample(650_056, .consentRequired, .tenantAdministrator, "service principal"),
        EntraErrorSample(65001, .consentRequired, .tenantAdministrator, "admin consent"),
        EntraErrorSample(90094, .consentRequired, .tenantAdministrator, "admin consent"),
        EntraErrorSample(90095, .consentRequired, .tenantAdministrator, "admin consent"),
        EntraErrorSample(65004, .consentDeclined, .agent, "declined"),
        EntraErrorSample(50105, .signInBlocked, .tenantAdministrator, "assigned"),
        EntraErrorSample(50020, .tenantMismatch, .agent, "another tenant"),
        EntraErrorSample(50034, .userUnknown, .agent, "account"),
        EntraErrorSample(51004, .userUnknown, .agent, "account"),
        EntraErrorSample(16000, .signInBlocked, .agent, "several accounts"),
        EntraErrorSample(53003, .signInBlocked, .tenantAdministrator, "conditional access"),
        EntraErrorSample(53000, .signInBlocked, .tenantAdministrator, "device"),
        EntraErrorSample(53001, .signInBlocked, .tenantAdministrator, "device"),
        EntraErrorSample(530_032, .signInBlocked, .tenantAdministrator, "security policy"),
        EntraErrorSample(530_035, .signInBlocked, .tenantAdministrator, "security policy"),
        EntraErrorSample(50076, .signInBlocked, .agent, "second factor"),
        EntraErrorSample(50079, .signInBlocked, .agent, "second factor"),
        EntraErrorSample(50074, .signInBlocked, .agent, "second factor"),
        EntraErrorSample(50057, .userInactive, .tenantAdministrator, "disabled"),
        EntraErrorSample(50126, .signInBlocked, .agent, "password"),
        EntraErrorSample(50053, .signInBlocked, .agent, "locked"),
        EntraErrorSample(50173, .codeInvalid, .agent, "ended"), EntraErrorSample(70008, .codeInvalid, .agent, "ended"),
        EntraErrorSample(700_082, .codeInvalid, .agent, "ended"),
        EntraErrorSample(70043, .codeInvalid, .agent, "ended"),
        EntraErrorSample(54005, .codeInvalid, .agent, "code"), EntraErrorSample(70000, .codeInvalid, .agent, "code"),
        EntraErrorSample(501_481, .codeInvalid, .bridgeOperator, "PKCE"),
        EntraErrorSample(50147, .codeInvalid, .bridgeOperator, "PKCE"),
        EntraErrorSample(501_491, .codeInvalid, .bridgeOperator, "PKCE"),
        EntraErrorSample(700_005, .codeInvalid, .bridgeOperator, "another tenant"),
        EntraErrorSample(700_054, .configurationInvalid, .tenantAdministrator, "ID tokens"),
        EntraErrorSample(50196, .upstreamThrottled, nil, "too often"),
        EntraErrorSample(90055, .upstreamThrottled, nil, "throttles"),
        EntraErrorSample(90033, .upstreamUnavailable, nil, "passing"),
        EntraErrorSample(90006, .upstreamUnavailable, nil, "passing"),
        EntraErrorSample(90012, .upstreamUnavailable, nil, "passing"),
        EntraErrorSample(50033, .upstreamUnavailable, nil, "passing"),
    ]

    @Test("of a known number has its code, sentence, fix and who can do it", arguments: samples)
    func number(_ sample: EntraErrorSample) {
        let text = "AADSTS\(sample.number): Words of the vendor.\r\nTrace ID: 1\r\nTimestamp: 2"
        for endpoint in [EntraErrors.Endpoint.credentials, .authorization] {
            let error = EntraErrors.explain(OAuthRefusal(error: "whatever", text: text), at: endpoint)
            #expect(error.code == sample.code && error.fixedBy == sample.fixedBy)
            #expect("\(error.detail) \(error.hint ?? "")".lowercased().contains(sample.word.lowercased()))
            #expect(error.detail.hasSuffix(" (AADSTS\(sample.number))") && error.hint?.isEmpty == false)
            #expect(error.vendorCode == "AADSTS\(sample.number)")
            #expect(!error.detail.contains("vendor"))
            #expect((error.retryAfter != nil) == (sample.code == .upstreamThrottled))
        }
    }

    @Test("is found by as many numbers as the table holds")
    func count() {
        #expect(Self.samples.count == 62 && Set(Self.samples.map(\.number)).count == 62)
    }

    @Test("is in the documentation as it is in the table")
    func documentation() throws {
        let lines = String(decoding: try RepositoryFile("Docs/Dynamics/SignIn.md").bytes(), as: UTF8.self)
            .split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("0") }
        for sample in Self.samples {
            let cells = lines.map { $0.split(separator: "|").map { $0.drop { $0 == " " } } }
                .first {
                    $0.first?.split(whereSeparator: { $0 == "," || $0 == " " }).contains("\(sample.number)") == true
                }
            let row = try #require(cells, "AADSTS\(sample.number) is not documented")
            #expect(row[1].hasPrefix("`\(sample.code.rawValue)`"))
            #expect(sample.fixedBy == nil || row[2].contains(sample.fixedBy?.rawValue ?? ""))
        }
    }

    @Test("is known by the first of several numbers that is, before the text")
    func numbers() {
        let refusal = OAuthRefusal(error: "invalid_client", text: "AADSTS7000222: x", numbers: [1, 65001, 7_000_215])
        #expect(EntraErrors.explain(refusal, at: .credentials).vendorCode == "AADSTS65001")
    }

    @Test(
        "of an unknown number is known by its word, with the vendor's text behind",
        arguments: [
            ("invalid_client", .credentialsRejected), ("unauthorized_client", .credentialsRejected),
            ("invalid_grant", .codeInvalid), ("consent_required", .consentRequired),
            ("access_denied", .consentDeclined), ("permission_denied", .consentDeclined),
            ("interaction_required", .signInBlocked), ("login_required", .signInBlocked),
            ("invalid_resource", .environmentNotFound), ("invalid_scope", .configurationInvalid),
            ("invalid_request", .configurationInvalid), ("unsupported_grant_type", .configurationInvalid),
            ("unsupported_response_type", .configurationInvalid), ("temporarily_unavailable", .upstreamUnavailable),
            ("server_error", .upstreamUnavailable),
        ] as [(String, ReasonCode)])
    func word(error word: String, code: ReasonCode) {
        let error = EntraErrors.explain(
            OAuthRefusal(error: word, text: "AADSTS99999: New.\r\nTrace ID: 1"), at: .authorization)
        #expect(error.code == code && error.vendorCode == "AADSTS99999")
        #expect(error.detail.hasSuffix(": \(word): AADSTS99999: New."))
    }

    @Test("of an unknown word is passed on, as what it came in answer to")
    func unknown() {
        let refusal = OAuthRefusal(error: "brand_new", text: "Something else.")
        let credentials = EntraErrors.explain(refusal, at: .credentials)
        #expect(credentials.code == .credentialsRejected && credentials.vendorCode == nil)
        #expect(credentials.detail == "Entra refused the credentials: brand_new: Something else.")
        let signIn = EntraErrors.explain(refusal, at: .authorization)
        #expect(
            signIn.code == .signInBlocked && signIn.detail == "Entra refused the sign-in: brand_new: Something else.")
        #expect(
            EntraErrors.explain(OAuthRefusal(error: "", text: ""), at: .authorization).detail
                == "Entra refused the sign-in")
    }
}
