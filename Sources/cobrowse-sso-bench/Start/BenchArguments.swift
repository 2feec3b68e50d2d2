/// What the command line asks for.
struct BenchArguments {
    private(set) var subjects: Set<Subject> = []
    private(set) var layout = Layout.text
    private(set) var isHelpAsked = false

    static let help = """
        usage: cobrowse-sso-bench [--markdown] [token] [process] [http] [store] [scale] [sign-in] [import]
                                  [sync]

        Measures the speed of the bridge against OpenSSL, nginx and Apache's mod_auth_openidc on this machine, in a few
        minutes, and holds it against what is asked. Without names all parts run. Nothing leaves 127.0.0.1.

          token       verify, sign, refuse and read tokens in this process
          process     cobrowse-sso cert pubkey, which has to lie beside this program, against openssl x509
          http        the service under wrk, against nginx and Apache
          store       first logins made durable in SQLite
          scale       a store of 1,000,000 accounts and 100,000 tenants
          sign-in     sign-ins with Microsoft against stand-ins, which cobrowse-sso beside this program runs
          import      a directory of 10,000 certificates
          sync        an environment of 100,000 people
          --markdown  print Markdown tables, as Docs/Performance.md has them

        Exit: 0 everything measured reaches what is asked, 1 something falls short or fails, 2 usage.
        A missing tool is named in the table and is no failure. Files lie in TMPDIR, else in /var/tmp.
        """

    /// - Throws: `wrong` with the argument that is none.
    init(_ arguments: [String]) throws(BenchError) {
        for argument in arguments {
            switch argument {
            case "--markdown": layout = .markdown
            case "--help", "-h": isHelpAsked = true
            default:
                guard let subject = Subject(rawValue: argument) else { throw .wrong("unknown argument: \(argument)") }
                subjects.insert(subject)
            }
        }
        if subjects.isEmpty { subjects = Set(Subject.allCases) }
    }
}
