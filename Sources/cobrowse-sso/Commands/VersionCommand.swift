internal import BridgeCore

/// `cobrowse-sso version`.
enum VersionCommand {
    static var spec: CommandSpec {
        CommandSpec(["version"], summary: "Print the version", examples: ["version", "version --json"]) {
            _, context throws(CommandFailure) in
            if context.wantsJSON {
                context.output.json(write)
            } else {
                context.output.print("cobrowse-sso \(BridgeVersion.current)")
            }
            return .success
        }
    }

    private static func write(_ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("version", BridgeVersion.current)
            writer.member("architecture", architecture)
        }
    }

    private static var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "arm64"
        #else
            "other"
        #endif
    }
}
