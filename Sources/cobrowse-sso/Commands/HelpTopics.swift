extension HelpTopic {
    /// The numbers a run can end with, from the same table as the exit statuses themselves.
    static var exitCodes: HelpTopic {
        HelpTopic(name: "exit-codes", summary: "What the exit code of a command says") {
            var columns = HelpColumns()
            for status in ExitStatus.allCases { columns.add("\(status.rawValue)", status.meaning) }
            return (["A command ends with one of these exit codes:", ""] + columns.lines).joined(separator: "\n")
        }
    }

    /// What all commands have in common.
    static var conventions: HelpTopic {
        HelpTopic(name: "conventions", summary: "Standard input, JSON, secrets and files") {
            TextWrap.paragraphs(
                of: """
                    FILE as - is standard input. Results are on standard output, everything else is on standard error. \
                    A command that fails leaves standard output empty.

                    With --json results are JSON. The answer "no" is then an object on standard output; any other \
                    failure is an object with code, detail and hint on standard error.

                    Passwords, secrets and private keys are read from files, standard input or the environment, \
                    never from an argument. Files with keys are written for their owner alone, complete or not at \
                    all, and replaced only with --force.

                    Flags may stand anywhere after the command, as --flag VALUE or --flag=VALUE; after -- everything \
                    is an argument. Headings are bold on a terminal unless NO_COLOR is set.
                    """
            ).joined(separator: "\n")
        }
    }
}
