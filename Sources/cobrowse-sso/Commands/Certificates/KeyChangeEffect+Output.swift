internal import AuthService
internal import BridgeCore

extension FieldList {
    /// Adds a line for each kind of token that is accepted, or refused, from a change on.
    mutating func add(_ effect: KeyChangeEffect) {
        for words in effect.starts { add("startsAccepting", words) }
        for words in effect.stops { add("stopsAccepting", words) }
    }
}

extension JSONWriter {
    /// Writes the two members, into an object that is open.
    mutating func members(_ effect: KeyChangeEffect) {
        for (name, sentences) in [("startsAccepting", effect.starts), ("stopsAccepting", effect.stops)] {
            self.name(name)
            array { writer in for sentence in sentences { writer.string(sentence) } }
        }
    }
}

extension Output {
    /// Keeps the effect on each key that has one, below what was said about the keys themselves.
    func effects(_ effects: [(key: TrustedKey, effect: KeyChangeEffect)]) {
        for (key, effect) in effects where !effect.starts.isEmpty || !effect.stops.isEmpty {
            var list = FieldList()
            list.add("key", key.shownName)
            list.add(effect)
            print("")
            fields(list)
        }
    }
}
