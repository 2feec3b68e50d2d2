/// The deadlines of a configuration in the unit of the loop's clock.
struct DeadlineLengths {
    let head: Milliseconds.Length
    let request: Milliseconds.Length
    let answer: Milliseconds.Length
    let response: Milliseconds.Length
    let idle: Milliseconds.Length
    let linger: Milliseconds.Length
    let drainGrace: Milliseconds.Length

    init(_ deadlines: HTTPServer.Deadlines) {
        self.head = Milliseconds.Length(deadlines.head)
        self.request = Milliseconds.Length(deadlines.request)
        self.answer = Milliseconds.Length(deadlines.answer)
        self.response = Milliseconds.Length(deadlines.response)
        self.idle = Milliseconds.Length(deadlines.idle)
        self.linger = Milliseconds.Length(deadlines.linger)
        self.drainGrace = Milliseconds.Length(deadlines.drainGrace)
    }
}
