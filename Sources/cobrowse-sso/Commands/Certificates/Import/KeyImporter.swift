internal import AuthService
internal import BridgeCore

/// Imports the keys of several files into a tenant, all or none, and says of each that stands in the way why.
struct KeyImporter: Sendable {
    let found: [CandidateKey]
    /// What is stored for each of them.
    let keys: [TrustedKey]
    let now: Timestamp

    /// What came of it.
    enum Outcome: Sendable {
        case imported(CertImportResult)
        case refused(CommandFailure)

        func result() throws(CommandFailure) -> CertImportResult {
            switch self {
            case .imported(let result): return result
            case .refused(let failure): throw failure
            }
        }
    }

    /// Imports in one transaction.
    func run(_ tenant: Tenant, in store: any Store) async throws(StoreError) -> Outcome {
        do throws(StoreError) {
            let imported = try await store.insert(keys, audit: AuditStamp(.commandLine, at: now))
            return .imported(CertImportResult(found, imported, grace: tenant.settings.refuseExpiredKeysAfter))
        } catch {
            return try refusal(error, into: try await store.keys(of: tenant.license))
        }
    }

    /// The same without changing anything.
    func preview(_ tenant: Tenant, in store: any Store) async throws(StoreError) -> Outcome {
        let known = try await store.keys(of: tenant.license)
        do throws(StoreError) {
            let imported = try KeyImport.preview(keys, into: known)
            let grace = tenant.settings.refuseExpiredKeysAfter
            return .imported(CertImportResult(trying: found, imported, into: known, grace: grace, at: now))
        } catch {
            return try refusal(error, into: known)
        }
    }

    /// A store tells of the first key that it refuses, and of no file: here are all of them.
    private func refusal(_ error: StoreError, into known: [TrustedKey]) throws(StoreError) -> Outcome {
        let conflicts = KeyImport.conflicts(of: keys, into: known)
        guard found.count > 1, !conflicts.isEmpty else { throw error }
        let causes = conflicts.map { conflict in
            CommandFailure(
                conflict.error.code, "\(found[conflict.place].origin): \(conflict.error.detail)",
                hint: conflict.error.hint)
        }
        let sum = "\(causes.count) of \(found.count) keys cannot be imported, so nothing was"
        return .refused(CommandFailure(error.code, sum, causes: causes))
    }
}
