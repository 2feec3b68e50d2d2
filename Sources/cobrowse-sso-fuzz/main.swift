internal import Glibc

// Throws mutated input at a parser:
// `cobrowse-sso-fuzz [PARSER...] [--executions N] [--from N] [--seed S] [--case N]`.

do {
    let arguments = try FuzzArguments(Array(CommandLine.arguments.dropFirst()))
    CrashReport.start()
    var isClean = true
    for target in arguments.targets {
        var run = try FuzzRun(target, seed: arguments.seed)
        if let number = arguments.onlyCase {
            run.replay(number)
        } else if !run.run(arguments.executions, from: arguments.first) {
            isClean = false
        }
        fflush(nil)  // a crash in the next one would lose it
    }
    exit(isClean ? 0 : 1)
} catch {
    let message = Array("cobrowse-sso-fuzz: error: \(error)\n".utf8)
    write(2, message, message.count)
    exit(2)
}
