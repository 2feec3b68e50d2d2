internal import BridgeTesting
internal import Glibc

// Compares `cert pubkey` with `openssl x509 -pubkey -noout` over generated and mutated files:
// `cobrowse-sso-oracle [--inputs N] [--seed S] [--programs N] [--case N]`.

do {
    let arguments = try OracleArguments(Array(CommandLine.arguments.dropFirst()))
    let isClean = try await onThread {
        var run = try OracleRun(arguments)
        guard let number = arguments.onlyCase else { return try run.run() }
        try run.replay(number)
        return true
    }
    exit(isClean ? 0 : 1)
} catch {
    let message = Array("cobrowse-sso-oracle: error: \(error)\n".utf8)
    write(2, message, message.count)
    exit(2)
}
