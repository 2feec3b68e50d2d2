internal import BridgeCore
internal import COpenSSL

/// How the certificates of one file belong together: who signed whom, by the names they give.
struct CertificateFamily {
    /// Each of them once, in the order of the file.
    let members: [Certificate]
    /// The first of them.
    let head: Certificate
    /// For each member the places of those it is named by as their issuer.
    private let signed: [[Int]]

    /// - Parameter others: few enough that each can be compared with each.
    init(_ head: Certificate, _ others: some Sequence<Certificate>) {
        var known = Set<[UInt8]>()
        let members = ([head] + others).filter { known.insert($0.der).inserted }
        (self.head, self.members) = (head, members)
        // Who names himself is nobody's child: Salesforce's certificates all have the same name.
        signed = members.map { issuer in
            members.indices.filter { !members[$0].isSelfIssued && members[$0].namesIssuer(issuer) }
        }
    }

    /// The members that signed none of the others.
    var leaves: [Certificate] { members.indices.filter { signed[$0].isEmpty }.map { members[$0] } }

    /// The first member that `certificate` signed.
    func child(of certificate: Certificate) -> Certificate? {
        members.firstIndex { $0.der == certificate.der }.flatMap { signed[$0].first }.map { members[$0] }
    }
}

extension Certificate {
    /// Whether subject and issuer are the same name.
    var isSelfIssued: Bool { namesIssuer(self) }

    /// Whether it says that its own key signed it and that signature is wrong: it was changed since.
    var isChanged: Bool {
        OpenSSL.initialize
        defer { ErrorQueue.clear() }
        // By the names alone: X509_self_signed says no where the algorithm of the signature is what was changed.
        guard isSelfIssued else { return false }
        let isSigned = withKeyDecoded { pointer in
            X509_get0_pubkey(pointer).map { X509_verify(pointer, $0) == 1 }
        }
        return isSigned == false
    }

    /// Its name, fingerprint and end, short enough for a message.
    var shortDescription: String {
        let digest = (try? sha256()).map { "SHA-256 \($0.prefix(16))..." } ?? "no digest"
        let end = notAfter.map { ", until \($0.description.prefix(10))" } ?? ""
        return "\(quoted(subject)) (\(digest)\(end))"
    }
}
