internal import BridgeCore
internal import BridgeCrypto

/// Judges the tokens on standard input, one a line, in constant memory.
struct TokenBatch {
    let judge: TokenJudge
    let clock: VerificationClock
    let context: CommandContext

    /// Answers every line with one; empty lines are refused, so that the answers stay beside their questions.
    ///
    /// - Throws: `token_malformed` when there is no line at all: a batch that checked nothing must not pass.
    func run() throws(CommandFailure) -> ExitStatus {
        let input = context.input("-", malformed: .tokenMalformed)
        var reader = try input.lines()
        var batch = LineBatch()
        var count = 0
        var areAllValid = true
        while try reader.read(into: &batch) {
            let now = clock.now
            for line in batch.lines {
                let verdict = try verdict(on: line, of: batch, now: now)
                if !verdict.isValid { areAllValid = false }
                try put(verdict)
            }
            count += batch.lines.count
            try context.output.flush()
        }
        guard count > 0 else {
            throw CommandFailure(
                .tokenMalformed, "standard input holds no token", hint: "write one token a line",
                exitStatus: .unreadableInput)
        }
        return areAllValid ? .success : .answerIsNo
    }

    private func verdict(
        on line: LineBatch.Line, of batch: LineBatch, now: Timestamp
    ) throws(CommandFailure) -> TokenVerdict {
        guard !line.isTooLong else {
            let most = "at most \(UnverifiedToken.largestSize) are read"
            return .refused(
                CommandFailure(.tokenTooLarge, "the token has more than \(LineReader.defaultLimit) bytes, \(most)"))
        }
        return try judge.judge(batch.bytes.span.extracting(line.range), now: now)
    }

    private func put(_ verdict: TokenVerdict) throws(CommandFailure) {
        guard context.wantsJSON else { return try context.output.stream((verdict.line + "\n").utf8) }
        var writer = JSONWriter(capacity: 384)
        verdict.write(to: &writer)
        try context.output.stream(writer.bytes + CollectionOfOne(UInt8(ascii: "\n")))
    }
}
