internal import Glibc

/// Which file a path leads to, by device and number: two paths to one file have the same.
struct FileIdentity: Equatable {
    private let device: UInt
    private let number: UInt

    /// `nil` where there is none.
    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        device = UInt(status.st_dev)
        number = UInt(status.st_ino)
    }
}
