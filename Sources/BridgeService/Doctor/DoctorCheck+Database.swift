internal import AuthService
internal import StoreSQLite

extension DoctorCheck {
    /// The database is of the version that this program reads and writes.
    static let schema = DoctorCheck(id: "schema") { subject in
        switch subject.schema {
        case nil:
            return [
                .yellow(
                    "there is no database \(subject.configuration.databaseFile)",
                    fix: "the service makes one when it starts; check data_dir, or restore a backup")
            ]
        case .failure(let error): return [.red(error)]
        case .success(let state) where state.found < state.supported:
            return [
                .yellow(
                    "the database has schema version \(state.found), this program \(state.supported); what is in it "
                        + "was not looked at",
                    fix: "make a backup, then cobrowse-sso migrate; the service does it too when it starts")
            ]
        case .success(let state): return [.green("the database has schema version \(state.found)")]
        }
    }

    /// The pages of the database are sound.
    static let integrity = DoctorCheck(id: "integrity") { subject in
        guard case .success = subject.schema else { return [] }
        do throws(StoreError) {
            let damages = try StoreFile(subject.configuration.databaseFile).damages()
            let fix = "stop the service and restore a backup"
            return damages.isEmpty
                ? [.green("the database is sound")] : damages.map { .red("the database is damaged: \($0)", fix: fix) }
        } catch {
            return [.red(error)]
        }
    }
}
