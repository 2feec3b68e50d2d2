package import AuthService
package import BridgeCore

/// What came of a connection that was tested, or tested and saved.
package struct ConnectionReport: Sendable {
    package let stages: [ConnectionStage]
    /// What is stored now; `nil` where nothing was saved.
    package let saved: Connection?

    package init(stages: [ConnectionStage], saved: Connection?) {
        self.stages = stages
        self.saved = saved
    }

    /// Whether every stage passed.
    package var isPassed: Bool { stages.allSatisfy(\.isPassed) }
}

extension JSONWriter {
    /// Writes `{"saved","stages"}`.
    package mutating func connectionReport(_ report: ConnectionReport) {
        object { writer in
            writer.member("saved", report.saved != nil)
            writer.name("stages")
            writer.connectionStages(report.stages)
        }
    }
}
