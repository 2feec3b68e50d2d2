package import BridgeCore
package import BridgeCrypto

/// Turns tokens into accounts: the way of a login from the first byte to the durable account.
///
/// Shared by all threads. `LoginDesk` is the short way for logins whose tenant and account are in memory.
package final class LoginService: Sendable {
    package let directory: LoginDirectory
    let accounts: any AccountStore
    /// How much older than now a written-down login may be before the next one is written down again, in seconds.
    private static let loginTimeResolution: Int64 = 3600

    package init(directory: LoginDirectory, accounts: any AccountStore) {
        self.directory = directory
        self.accounts = accounts
    }

    /// Lets in the person a token speaks of, loading and writing whatever it takes; durable when it returns.
    package func admit(_ token: UnverifiedToken, now: Timestamp) async throws(LoginRefusal) -> Admission {
        let judged = try judge(token, entry: try await load(token.unverifiedIssuer), now: now)
        return try await record(judged, now: now)
    }

    /// Writes down a login that was judged; durable when it returns.
    package func record(_ judged: JudgedLogin, now: Timestamp) async throws(LoginRefusal) -> Admission {
        if let admission = try admission(of: judged, now: now) { return admission }
        let epoch = directory.epoch
        let account: Account
        do throws(StoreError) {
            account = try await accounts.record(try judged.login(at: now))
        } catch {
            if let admission = try await admissionOfKnown(judged, after: error) { return admission }
            // A tenant that is removed meanwhile is no tenant, for whoever signs in.
            throw error.code == .notFound ? .token(.issuerUnknown(judged.token.issuer)) : .failure(error)
        }
        directory.keep(account, since: epoch)
        return try Self.admit(account, judged)
    }

    /// Judges a token whose tenant is at hand; no account is looked at.
    func judge(
        _ token: UnverifiedToken, tenant: TenantState, verifier: TokenVerifier, now: Timestamp
    ) throws(LoginRefusal) -> JudgedLogin {
        let verified: VerifiedToken
        do throws(TokenRefusal) {
            verified = try verifier.verify(token, keys: tenant.keys, rules: tenant.tokenRules, now: now)
        } catch {
            throw .token(error)
        }
        do throws(AccessDenial) {
            let grant = try tenant.access.decide(LoginFacts(verified), now: now)
            return JudgedLogin(token: verified, grant: grant, tenant: tenant)
        } catch {
            throw .person(error)
        }
    }

    /// The admission, where the account is in memory and a login would change nothing that has to be written.
    func admission(of judged: JudgedLogin, now: Timestamp) throws(LoginRefusal) -> Admission? {
        let grant = judged.grant
        guard let account = directory.account(grant.email, of: judged.tenant.license) else { return nil }
        if account.status == .active {
            guard account.role == grant.role, grant.displayName == nil || grant.displayName == account.displayName,
                now < Self.nextWrite(of: account)
            else { return nil }
        }
        return try Self.admit(account, judged)
    }

    /// Until when an admission holds without being looked at again, whatever its token says.
    static func end(of admission: Admission, _ judged: JudgedLogin) -> Timestamp {
        let nextWrite = nextWrite(of: admission.account)
        return judged.grant.validUntil.map { min($0, nextWrite) } ?? nextWrite
    }

    private static func nextWrite(of account: Account) -> Timestamp {
        account.lastLoginAt.adding(seconds: loginTimeResolution)
    }

    static func admit(_ account: Account, _ judged: JudgedLogin) throws(LoginRefusal) -> Admission {
        guard account.status == .active else {
            throw .person(
                AccessDenial(
                    .accountDisabled, "the account \(account.id) is disabled",
                    hint: "ask the operator of the bridge"))
        }
        return Admission(account: account, token: judged.token)
    }

    private func load(_ issuer: String) async throws(LoginRefusal) -> LoginDirectory.TenantEntry {
        if let entry = directory.tenant(issuer) { return entry }
        do throws(StoreError) {
            return try await directory.load(issuer)
        } catch {
            throw .failure(error)
        }
    }

    private func judge(
        _ token: UnverifiedToken, entry: LoginDirectory.TenantEntry, now: Timestamp
    ) throws(LoginRefusal) -> JudgedLogin {
        guard case .tenant(let tenant) = entry else { throw .token(.issuerUnknown(token.unverifiedIssuer)) }
        return try judge(token, tenant: tenant, verifier: try Self.makeVerifier(), now: now)
    }

    private static func makeVerifier() throws(LoginRefusal) -> TokenVerifier {
        do throws(CryptoError) {
            return try TokenVerifier()
        } catch {
            throw .openSSL(error)
        }
    }
}

extension JudgedLogin {
    /// What is written down of it.
    fileprivate func login(at now: Timestamp) throws(StoreError) -> Login {
        Login(
            license: tenant.license, email: grant.email, displayName: grant.displayName, role: grant.role, time: now,
            newAccountID: try RecordID.make("acc_", at: now))
    }
}
