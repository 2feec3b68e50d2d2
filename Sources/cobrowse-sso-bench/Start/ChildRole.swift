/// What this program is started as by itself: a part of a measurement that needs a process of its own.
enum ChildRole {
    /// The service on a data directory, until standard input ends; prints `ready PORT`.
    case serve(dataDirectory: String, cacheCapacity: Int)
    /// Logins written to a new store; prints how many a second.
    case store(path: String, concurrency: Int, seconds: Double)

    /// The role that the program's arguments name; `nil` for none.
    init?(_ arguments: [String]) {
        switch (arguments.first, arguments.count) {
        case ("serve-child", 3):
            guard let capacity = Int(arguments[2]) else { return nil }
            self = .serve(dataDirectory: arguments[1], cacheCapacity: capacity)
        case ("store-child", 4):
            guard let concurrency = Int(arguments[2]), let seconds = Double(arguments[3]) else { return nil }
            self = .store(path: arguments[1], concurrency: concurrency, seconds: seconds)
        default: return nil
        }
    }

    /// The arguments that name the role.
    var arguments: [String] {
        switch self {
        case .serve(let directory, let capacity): ["serve-child", directory, "\(capacity)"]
        case .store(let path, let concurrency, let seconds): ["store-child", path, "\(concurrency)", "\(seconds)"]
        }
    }

    func run() throws {
        switch self {
        case .serve(let directory, let capacity): try ServiceChild.run(directory, cacheCapacity: capacity)
        case .store(let path, let concurrency, let seconds):
            print(try waitFor { try await StoreLoad.run(storeAt: path, concurrency: concurrency, seconds: seconds) })
        }
    }
}
