internal import AuthService
internal import BridgeCore

/// One check of `doctor`: its id and how it looks; a check that is in order returns one green finding.
struct DoctorCheck: Sendable {
    typealias Notes = [Note]

    /// A finding without the id of its check.
    struct Note: Sendable {
        let verdict: DoctorFinding.Verdict
        let detail: String
        let fix: String?

        static func green(_ detail: String) -> Note { Note(verdict: .green, detail: detail, fix: nil) }
        static func yellow(_ detail: String, fix: String) -> Note { Note(verdict: .yellow, detail: detail, fix: fix) }
        static func red(_ detail: String, fix: String) -> Note { Note(verdict: .red, detail: detail, fix: fix) }
        /// What another module could not do.
        static func red(_ error: some ReasonedError) -> Note {
            red(error.detail, fix: error.hint ?? "look for the cause in the log of the service")
        }
    }

    let id: String
    let look: @Sendable (DoctorSubject) async -> Notes

    /// All checks, in the order of the report: what others depend on comes first.
    static let all: [DoctorCheck] = [
        .dataDirectory, .fileModes, .diskSpace, .schema, .integrity, .masterKey, .clock, .signingKeys,
        .tenantCertificates, .connections, .sync, .tlsCertificate,
    ]

    /// More findings of one check than anybody reads are counted instead.
    static let limit = 20

    func findings(_ subject: DoctorSubject) async -> [DoctorFinding] {
        let notes = await look(subject).sorted { $0.verdict > $1.verdict }
        var shown = notes.prefix(Self.limit).map { note in
            DoctorFinding(check: id, verdict: note.verdict, detail: note.detail, fix: note.fix)
        }
        if notes.count > shown.count {
            shown.append(
                DoctorFinding(
                    check: id, verdict: notes[shown.count].verdict, detail: "and \(notes.count - shown.count) more",
                    fix: "run doctor again when these are done"))
        }
        return shown
    }
}

/// What is looked at.
struct DoctorSubject: Sendable {
    let configuration: Configuration
    let now: Timestamp
    /// When the program was built; `nil` where that is not known.
    let builtAt: Timestamp?
    /// The schema of the database; `nil` where there is none.
    let schema: Result<SchemaState, StoreError>?
    /// The store, open; `nil` where there is none of this version.
    let store: (any Store)?

    /// The signing keys and why they could not be read.
    func signingKeys() async -> Result<[StoredSigningKey], StoreError> {
        guard let store else { return .success([]) }
        do throws(StoreError) {
            return .success(try await store.signingKeys())
        } catch {
            return .failure(error)
        }
    }
}
