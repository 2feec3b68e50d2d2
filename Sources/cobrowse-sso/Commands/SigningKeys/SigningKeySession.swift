internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService
internal import Glibc

/// The store, the master key and the clock of a command about the bridge's own signing keys.
struct SigningKeySession {
    private let session: StoreSession
    /// To the second, as it is shown: from the time that a message names on, what it speaks of is allowed.
    private let now = Timestamp(seconds: SystemClock().now.seconds)

    var configuration: Configuration { session.configuration }

    /// The flags that all these commands have: they need the settings the service has, master key and waiting time.
    static let flags = [ConfigurationSources.file] + ConfigurationSources.store
    /// Overrides the waiting times.
    static let emergency = FlagSpec.toggle("--emergency", "override the waiting time; live tokens may lose their key")
    /// For scripts: what nobody can take back is not asked for.
    static let confirmation = FlagSpec.toggle("--yes", "do it though it takes their key from tokens that live")

    /// Opens the store that flags, file and environment choose, runs `body` and closes it again.
    static func run<Value>(
        _ arguments: ParsedArguments, _ context: CommandContext,
        _ body: (SigningKeySession) throws(CommandFailure) -> Value
    ) throws(CommandFailure) -> Value {
        let session = SigningKeySession(session: try StoreSession.open(arguments, context))
        defer { session.session.close() }
        return try body(session)
    }

    /// Refuses an emergency that nobody has confirmed; a trial needs no confirmation.
    static func requireConfirmation(_ arguments: ParsedArguments) throws(CommandFailure) {
        guard arguments.has(emergency), !arguments.has(confirmation), !arguments.has(.dryRun) else { return }
        throw .usage(
            "--emergency may take their key from tokens that live",
            hint: "look first with --dry-run, then confirm with --yes")
    }
}

extension SigningKeySession {
    /// The keys there are.
    func keys() throws(CommandFailure) -> [StoredSigningKey] {
        try session.run { store async throws(StoreError) in try await store.signingKeys() }
    }

    /// The keys as they are shown.
    func list(_ stored: [StoredSigningKey]) throws(CommandFailure) -> SigningKeyList {
        try reporting { () throws(CryptoError) in
            try SigningKeyList(stored, promoteAfter: configuration.promoteAfter)
        }
    }

    /// Lets `event` happen to the keys, or only finds out what it would do.
    ///
    /// - Parameter event: the event, given the id of a new key for those that bring one.
    /// - Returns: the change, and the keys after it; of a trial those before it.
    func change(
        isDryRun: Bool, needsKey: Bool = false, _ event: (String) -> KeyRing.Event
    ) throws(CommandFailure) -> (KeyRingChange, SigningKeyList) {
        let stored = try keys()
        // Judged before a key is made: a refusal leaves no trace.
        let trial = try decide(event("new"), stored)
        guard !isDryRun else { return (trial, try list(stored)) }
        let made = needsKey ? try makeKey(for: trial.added?.state ?? .next, stored) : nil
        let change = try made.map { key throws(CommandFailure) in try decide(event(key.id), stored) } ?? trial
        let entry = change.auditEntry(by: .commandLine)
        let changed = try session.run { store async throws(StoreError) in
            try await store.apply(change, adding: made, entry)
        }
        return (change, try list(changed))
    }

    private func decide(
        _ event: KeyRing.Event, _ stored: [StoredSigningKey]
    ) throws(CommandFailure) -> KeyRingChange {
        try reporting { () throws(KeyRingRefusal) in
            try KeyRing(stored).change(by: event, at: now, promoteAfter: configuration.promoteAfter)
        }
    }

    /// A new key, sealed with the master key that opens the others, too.
    private func makeKey(
        for state: StoredSigningKey.State, _ stored: [StoredSigningKey]
    ) throws(CommandFailure) -> StoredSigningKey {
        let chest = try chest(for: stored)
        return try reporting { () throws(CryptoError) in try chest.makeKey(for: state, now: now) }
    }

    private func chest(for stored: [StoredSigningKey]) throws(CommandFailure) -> SigningKeyChest {
        try reporting { () throws(ServiceError) in
            let chest = try SigningKeyChest(
                masterKeyFile: configuration.masterKeyFile, isInUse: !stored.isEmpty)
            try chest.check(stored)
            return chest
        }
    }
}

extension SigningKeySession {
    /// A token of the next key, to be tried before the key is promoted.
    func probe(_ request: TokenRequest) throws(CommandFailure) -> MintedToken {
        try mint(request, signedBy: .next) { _ in [] }
    }

    /// A token of the current key, as the service signs it for a back end: with the same checks and the same entry in the
    /// audit trail.
    func mint(_ request: TokenRequest) throws(CommandFailure) -> MintedToken {
        let stamp = AuditStamp(.commandLine, at: now)
        return try mint(request, signedBy: .current) { [.minted(request, $0, stamp)] }
    }

    /// Finds out whether a token would be signed; signs nothing and makes no master key.
    func check(_ request: TokenRequest) throws(CommandFailure) {
        let (addresses, now) = (configuration.addresses, now)
        try session.run { store async throws(StoreError) in
            do throws(MintRefusal) {
                try await MintRules(store: store, addresses: addresses).check(request, now: now)
            } catch {
                throw StoreError(error.code, error.detail, hint: error.hint)
            }
        }
    }

    /// The tenant that a token is for.
    func tenant(_ license: License) throws(CommandFailure) -> Tenant {
        try session.run { store async throws(StoreError) in try await store.existingTenant(license) }
    }

    private func mint(
        _ request: TokenRequest, signedBy state: StoredSigningKey.State,
        entries: @escaping @Sendable (MintedToken) -> [AuditEntry]
    ) throws(CommandFailure) -> MintedToken {
        let chest = try chest(for: try keys())
        let (addresses, now) = (configuration.addresses, now)
        return try session.run { store async throws(StoreError) in
            let minted: MintedToken
            do throws(MintRefusal) {
                let mint = TokenMint(store: store, addresses: addresses, privateKeys: chest)
                minted = try await mint.mint(request, clientID: nil, signedBy: state, now: now)
            } catch {
                throw StoreError(error.code, error.detail, hint: error.hint)
            }
            let entries = entries(minted)
            if !entries.isEmpty { try await store.append(entries) }
            return minted
        }
    }

    /// Exchanges the master key, or only finds out whether that is possible.
    func exchangeMasterKey(isDryRun: Bool) throws(CommandFailure) -> MasterKeyRotation.Outcome {
        let (path, now) = (configuration.masterKeyFile, now)
        return try session.run { store async throws(StoreError) in
            do throws(ServiceError) {
                if isDryRun { return try await MasterKeyRotation.preview(store, masterKeyFile: path) }
                return try await MasterKeyRotation.run(store, masterKeyFile: path, by: .commandLine, now: now)
            } catch {
                throw StoreError(error.code, error.detail, hint: error.hint)
            }
        }
    }
}
