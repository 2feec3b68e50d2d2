internal import AuthService
package import BridgeCore
internal import Glibc
internal import StoreSQLite

/// Looks at an installation from outside, whether its service runs or not, and changes nothing.
package enum Doctor {
    /// Makes every check. Blocks while files are read.
    ///
    /// - Parameters:
    ///   - configuration: as it was read, or what is wrong with it, which leaves nothing else to look at.
    ///   - builtAt: when the program was built, for the check of the clock.
    package static func examine(
        _ configuration: Result<Configuration, ConfigurationError>, now: Timestamp, builtAt: Timestamp?
    ) async -> DoctorReport {
        switch configuration {
        case .failure(let error):
            return DoctorReport(
                findings: error.problems.map { problem in
                    DoctorFinding(
                        check: "configuration", verdict: .red, detail: "\(problem.origin): \(problem.detail)",
                        fix: problem.hint ?? "correct it; cobrowse-sso config check says when it is right")
                })
        case .success(let configuration):
            let sound = DoctorFinding(
                check: "configuration", verdict: .green, detail: "every setting can be used", fix: nil)
            return DoctorReport(findings: [sound] + (await findings(configuration, now: now, builtAt: builtAt)))
        }
    }

    private static func findings(
        _ configuration: Configuration, now: Timestamp, builtAt: Timestamp?
    ) async -> [DoctorFinding] {
        let schema = schema(of: configuration)
        // An older store is not opened: that would migrate it.
        let isCurrent = (try? schema?.get()).map { $0.found == $0.supported } ?? false
        let store = isCurrent ? try? BridgeService.open(configuration) : nil
        let subject = DoctorSubject(
            configuration: configuration, now: now, builtAt: builtAt, schema: schema, store: store)
        var findings: [DoctorFinding] = []
        for check in DoctorCheck.all { findings += await check.findings(subject) }
        await store?.close()
        return findings
    }

    private static func schema(of configuration: Configuration) -> Result<SchemaState, StoreError>? {
        guard unsafe access(configuration.databaseFile, F_OK) == 0 else { return nil }
        do throws(StoreError) {
            return .success(try StoreFile(configuration.databaseFile).schema())
        } catch {
            return .failure(error)
        }
    }
}
