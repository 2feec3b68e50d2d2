internal import BridgeCore
internal import BridgeCrypto

/// Everything that is wrong with what was typed, so that it is mended in one go.
struct InputProblems {
    private var problems: [(member: String, error: ConnectorError)] = []

    var isEmpty: Bool { problems.isEmpty }

    /// Takes note of what is wrong with a member.
    mutating func note(
        _ member: String, _ detail: String, hint: String, fixedBy: FixedBy = .tenantAdministrator
    ) {
        note(member, ConnectorError(.configurationInvalid, detail, hint: hint, fixedBy: fixedBy))
    }

    mutating func note(_ member: String, _ error: ConnectorError) {
        problems.append((member, error))
    }

    /// All of them as one error; of several, each hint names its member.
    var error: ConnectorError {
        let hints = problems.compactMap { problem in
            problem.error.hint.map { problems.count == 1 ? $0 : "\(problem.member): \($0)" }
        }
        return ConnectorError(
            .configurationInvalid, problems.map { "\($0.member): \($0.error.detail)" }.joined(separator: "; "),
            hint: hints.isEmpty ? nil : hints.joined(separator: "; "), fixedBy: problems.first?.error.fixedBy)
    }
}

extension InputProblems {
    /// Whether a certificate counts at `now`; where it does not, that is noted.
    ///
    /// - Parameter place: what it is uploaded to.
    mutating func isInForce(_ certificate: Certificate, at now: Timestamp, knownTo place: String) -> Bool {
        if let end = certificate.notAfter, end <= now {
            note("clientCertificate", "ended on \(end)", hint: "make another one, and upload it to the \(place)")
            return false
        }
        if let start = certificate.notBefore, start > now {
            note(
                "clientCertificate", "is not valid before \(start)", hint: "check the clock, or wait until then")
            return false
        }
        return true
    }
}
