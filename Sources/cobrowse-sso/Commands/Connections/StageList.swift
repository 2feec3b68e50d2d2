internal import BridgeCore
internal import Connectors

extension Output {
    /// Keeps the stages of a test: a line each, with what to do below.
    func stages(_ stages: [ConnectionStage]) {
        let width = stages.map(\.name.rawValue.count).max() ?? 0
        for stage in stages {
            let name = stage.name.rawValue
            let gap = String(repeating: " ", count: max(6, width) - name.count)
            let head = "\(stage.isPassed ? "ok    " : "failed")  \(name)\(gap) "
            let code = stage.code.map { "\($0.rawValue): " } ?? ""
            print(head + code + Printable.line(stage.detail))
            if let hint = stage.hint { print("        hint: \(Printable.line(hint))") }
            if let fixedBy = stage.fixedBy { print("        by: \(fixedBy.rawValue)") }
        }
    }
}

extension ConnectionReport {
    /// Shows what a test came to; a stage that failed is the answer "no".
    func show(_ context: CommandContext, saved: String? = nil) -> ExitStatus {
        if context.wantsJSON {
            context.output.json { $0.connectionReport(self) }
        } else {
            context.output.stages(stages)
            if let saved, isPassed { context.output.print(saved) }
        }
        return isPassed ? .success : .answerIsNo
    }
}
