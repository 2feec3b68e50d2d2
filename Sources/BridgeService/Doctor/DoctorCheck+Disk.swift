internal import Glibc

extension DoctorCheck {
    /// There is room for the log of the database, and for a copy of it.
    static let diskSpace = DoctorCheck(id: "disk-space") { subject in
        let path = subject.configuration.dataDirectory
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return [] }  // data-directory says why
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        return [note(free: free, needed: FileStatus(subject.configuration.databaseFile)?.size ?? 0, path)]
    }

    /// Below it the log of a busy minute may not fit.
    private static let least: UInt64 = 64 << 20
    private static let comfortable: UInt64 = 512 << 20

    static func note(free: UInt64, needed: Int64, _ path: String) -> Note {
        let detail = "\(free >> 20) MiB are free below \(path)"
        let fix = "free space there, or move data_dir to a larger file system"
        if free < least { return .red(detail, fix: fix) }
        if free < max(comfortable, UInt64(clamping: needed)) { return .yellow(detail, fix: fix) }
        return .green(detail)
    }
}
