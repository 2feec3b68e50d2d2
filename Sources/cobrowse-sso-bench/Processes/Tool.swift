internal import Glibc

/// A program of others that measurements need.
struct Tool {
    let name: String
    /// The Debian package.
    let package: String

    static let openssl = Tool(name: "openssl", package: "openssl")
    static let sqlite = Tool(name: "sqlite3", package: "sqlite3")
    static let curl = Tool(name: "curl", package: "curl")
    static let wrk = Tool(name: "wrk", package: "wrk")
    static let nginx = Tool(name: "nginx", package: "nginx-light")
    static let apache = Tool(name: "apache2", package: "apache2")

    /// Where it is: in `PATH`, or where Debian keeps servers, which is not in everybody's `PATH`.
    ///
    /// - Throws: `missing`.
    func path() throws(BenchError) -> String {
        let search = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        let directories = search.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin"]
        for directory in directories {
            let path = "\(directory)/\(name)"
            if access(path, X_OK) == 0 { return path }
        }
        throw .missing(tool: name, package: package)
    }

    /// The program that runs, and what was built beside it.
    static var ourselves: String { realpath("/proc/self/exe", nil).map(takeString) ?? CommandLine.arguments[0] }

    /// `name` in the directory of the program that runs.
    static func beside(_ name: String) throws(BenchError) -> String {
        let path = ourselves
        let directory = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        let neighbour = "\(directory)/\(name)"
        guard access(neighbour, X_OK) == 0 else {
            throw .unable("build it first: swift build -c release --static-swift-stdlib --product \(name)")
        }
        return neighbour
    }
}

private func takeString(_ text: UnsafeMutablePointer<CChar>) -> String {
    defer { free(text) }
    return String(cString: text)
}
