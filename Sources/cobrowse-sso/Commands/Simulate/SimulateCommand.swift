internal import BridgeCore
internal import BridgeService
internal import Simulators

/// `cobrowse-sso simulate`.
enum SimulateCommand {
    private static let listen = FlagSpec.option(
        "--listen", "HOST:PORT", "address of the control surface; the stand-ins take the ports after it",
        default: standardAddress)
    private static let bridge = FlagSpec.option(
        "--bridge-url", "URL", "where browsers reach the bridge, for redirect URIs", default: standardBridge)
    private static let people = FlagSpec.option(
        "--people", "N", "generated people, up to 1000000", default: "none but those with names")
    private static let latency = FlagSpec.option(
        "--latency-ms", "N", "how late every answer is, up to 60000", default: "0")
    private static let population = FlagSpec.option(
        "--population", "FILE", "people, clients, environments and orgs of your own", kind: .inputFile,
        default: "those of Docs/Simulators.md")
    private static let tls = FlagSpec.toggle("--tls", "https, with a certificate made now")
    private static let certificate = FlagSpec.option(
        "--tls-certificate", "FILE", "https, with this certificate", kind: .inputFile)
    private static let key = FlagSpec.option(
        "--tls-key", "FILE", "private key of that certificate", kind: .inputFile)

    private static let standardAddress = "127.0.0.1:9400"
    private static let standardBridge = "http://127.0.0.1:8080"

    static var spec: CommandSpec {
        CommandSpec(
            ["simulate"], summary: "Run stand-ins of Entra, Dataverse, Global Discovery and Salesforce",
            discussion: """
                For trying and testing without an account at Microsoft or Salesforce. Prints the settings and commands with which a \
                bridge connects to them, and runs until SIGTERM or SIGINT. People, faults and what was asked can be \
                looked at and changed while it runs, at the address it prints.

                The stand-ins are as strict about the protocol as the real ones. Their secrets are no secrets: do not \
                let them listen on an address that others can reach.
                """,
            flags: [listen, bridge, people, latency, population, tls, certificate, key],
            choices: [.one(of: tls, certificate)],
            examples: ["simulate", "simulate --listen 127.0.0.1:0 --people 100000 --latency-ms 300", "simulate --tls"],
            run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let source = try source(arguments, context)
        var options = try options(arguments)
        let latency = try arguments.integer(of: latency, in: 0...60_000) ?? 0
        let directory = try arguments.has(tls) ? SimulatorDirectory() : nil
        if let directory { options.tls = try directory.certificate(host: options.host) }
        try runAsync { [options] () async throws(CommandFailure) in
            let signals = try await signals()
            let simulators = try reporting { () throws(SimulatorError) in
                try RunningSimulator(source, options: options, clock: SystemClock())
            }
            simulators.simulator.setLatency(.milliseconds(latency))
            SimulatorReport(simulators.simulator, certificateFile: options.tls?.certificateFile).show(context)
            try context.output.flush()
            await signals.waitForStop()
            await simulators.stop()
        }
        withExtendedLifetime(directory) {}
        return .success
    }

    private static func signals() async throws(CommandFailure) -> ServiceSignals {
        do throws(ServiceError) {
            return try await ServiceSignals()
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func source(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> PopulationSource {
        let count = try arguments.integer(of: people, in: 0...1_000_000) ?? 0
        let url = arguments.value(of: bridge) ?? standardBridge
        guard url.hasPrefix("http://") || url.hasPrefix("https://"), !url.hasSuffix("/") else {
            throw .usage(
                "\(bridge.name) cannot be \(Printable.quoted(url))",
                hint: "scheme, host and port without a slash at the end: \(standardBridge)")
        }
        guard let file = arguments.value(of: population) else {
            return try reporting { () throws(SimulatorError) in
                try PopulationSource.builtIn(bridgeURL: url, generatedCount: count)
            }
        }
        let bytes = try context.input(file).bytes()
        return try reporting { () throws(SimulatorError) in
            try PopulationSource(bytes, bridgeURL: url, generatedCount: count)
        }
    }

    private static func options(_ arguments: ParsedArguments) throws(CommandFailure) -> RunningSimulator.Options {
        let text = arguments.value(of: listen) ?? standardAddress
        guard let address = Configuration.ListenAddress(text) else {
            throw .usage("\(listen.name) cannot be \(Printable.quoted(text))", hint: "for example \(standardAddress)")
        }
        var options = RunningSimulator.Options()
        (options.host, options.port) = (address.host, address.port)
        switch (arguments.value(of: certificate), arguments.value(of: key)) {
        case (let certificate?, let key?): options.tls = .init(certificateFile: certificate, keyFile: key)
        case (nil, nil): break
        default: throw .usage("a certificate needs its key", hint: "give \(certificate.usage) and \(key.usage)")
        }
        return options
    }
}
