internal import Glibc

/// Why a figure is not there.
enum BenchError: Error, CustomStringConvertible {
    /// A tool is not installed; the package that brings it.
    case missing(tool: String, package: String)
    /// This machine cannot measure it.
    case unable(String)
    /// What was measured did not do its work, or could not be started.
    case wrong(String)

    var description: String {
        switch self {
        case .missing(let tool, let package): tool == package ? "install \(tool)" : "install \(package) (\(tool))"
        case .unable(let reason), .wrong(let reason): reason
        }
    }
}

/// What `errno` means, in words.
func systemMessage(_ error: Int32) -> String {
    strerror(error).map { String(cString: $0) } ?? "error \(error)"
}
