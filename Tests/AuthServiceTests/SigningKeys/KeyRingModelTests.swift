import AuthService
import BridgeCore
import Testing

/// Every order of events, as far as it leads to states that have not been seen.
///
/// The clock stands still and the past moves away from it, so that states that differ in nothing but their date are
/// one; what lies further back than anything asks for is one, too. So there are finitely many states, and the search
/// ends when it has seen them all.
@Suite("The signing keys, whatever happens to them in whatever order")
struct KeyRingModelTests {
    private static let now = Timestamp(seconds: 1_000_000_000)
    private static let hour: Int64 = 3_600
    private static let wait = 24 * hour
    private static let horizon = 30 * hour

    private enum Step: Hashable {
        case pass(Int64)
        case mint(Int64)
        case probe(Int64)
        case event(KeyRing.Event)
    }

    private struct State: Hashable {
        var ring = KeyRing(current: KeyRing.Key(id: "0", since: now))
        /// The seconds that the last token of each key has left to live.
        var tokens: [String: Int64] = [:]
        /// The same of those it signed while it was next, to be tried at Cobrowse.
        var probes: [String: Int64] = [:]

        /// The same state under the names that a walk over it gives.
        var canonical: State {
            var names: [String: String] = [:]
            for (index, place) in ring.places.enumerated() { names[place.key.id] = "\(index)" }
            func renamed(_ key: KeyRing.Key?) -> KeyRing.Key? {
                key.map { key in
                    let since = max(key.since, now.adding(seconds: -horizon))
                    return KeyRing.Key(id: names[key.id] ?? "", since: since, longestToken: key.longestToken)
                }
            }
            var state = State()
            // Since when a key signs decides nothing.
            let current = ring.current.map { KeyRing.Key(id: $0.id, since: now, longestToken: $0.longestToken) }
            state.ring = KeyRing(next: renamed(ring.next), current: renamed(current), previous: renamed(ring.previous))
            for (id, rest) in tokens where rest > 0 { state.tokens[names[id] ?? id] = rest }
            for (id, rest) in probes where rest > 0 { state.probes[names[id] ?? id] = rest }
            return state
        }

        /// Whether a live token has a key that no verifier accepts any more.
        var hasLoss: Bool {
            let known = Set(ring.places.map(\.key.id))
            let accepted = Set([ring.current, ring.previous].compactMap { $0?.id })
            return tokens.contains { $0.value > 0 && !accepted.contains($0.key) }
                || probes.contains { $0.value > 0 && !known.contains($0.key) }
        }

        func after(_ step: Step) throws(KeyRingRefusal) -> State {
            var state = self
            switch step {
            case .pass(let seconds):
                func aged(_ key: KeyRing.Key?) -> KeyRing.Key? {
                    key.map {
                        KeyRing.Key(
                            id: $0.id, since: $0.since.adding(seconds: -seconds), longestToken: $0.longestToken)
                    }
                }
                state.ring = KeyRing(next: aged(ring.next), current: aged(ring.current), previous: aged(ring.previous))
                state.tokens = tokens.mapValues { $0 - seconds }
                state.probes = probes.mapValues { $0 - seconds }
            case .mint(let life):
                guard let key = ring.current else { break }
                state.ring.noteSigned(lasting: life)
                state.tokens[key.id] = max(tokens[key.id] ?? 0, life)
            case .probe(let life):
                guard let key = ring.next else { break }
                state.ring.noteSigned(lasting: life, in: .next)
                state.probes[key.id] = max(probes[key.id] ?? 0, life)
            case .event(let event):
                state.ring = try ring.change(by: event, at: now, promoteAfter: wait).after
            }
            return state
        }
    }

    /// What a search came upon.
    private struct Findings {
        var states: Set<State> = []
        /// The steps that took the key of a live token, and the first such place.
        var losses: Set<Step> = []
        var firstLoss: String?
        var allowed: Set<Step> = []
        var refused: Set<Step> = []
    }

    private static func explore(_ steps: [Step], depth: Int = .max) -> Findings {
        var findings = Findings(states: [State().canonical])
        var frontier = Array(findings.states)
        var level = 0
        while !frontier.isEmpty, level < depth {
            var found: [State] = []
            for state in frontier {
                for step in steps {
                    do throws(KeyRingRefusal) {
                        let next = try state.after(step)
                        findings.allowed.insert(step)
                        if next.hasLoss {
                            findings.losses.insert(step)
                            findings.firstLoss = findings.firstLoss ?? "\(step) in \(state)"
                        } else if findings.states.insert(next.canonical).inserted {
                            found.append(next.canonical)
                        }
                    } catch {
                        findings.refused.insert(step)
                    }
                }
            }
            (frontier, level) = (found, level + 1)
        }
        return findings
    }

    private static let events: [Step] = [
        .event(.rotate(newKey: "new")), .event(.promote(isEmergency: false)), .event(.stepBack),
        .event(.retire(isEmergency: false)),
    ]
    private static let minting: [Step] = [.mint(900), .mint(6 * hour), .mint(24 * hour), .probe(6 * hour)]

    @Test("outside an emergency no live token loses its key, in any state that can be reached")
    func nothingIsLost() {
        let steps = Self.events + Self.minting + [.pass(6 * Self.hour)]
        let findings = Self.explore(steps)
        #expect(findings.losses.isEmpty, "\(findings.firstLoss ?? "")")
        #expect(findings.states.count > 5_000)
        // The search went everywhere: every event was allowed somewhere, and refused somewhere.
        #expect(findings.allowed == Set(steps))
        #expect(findings.refused == Set(Self.events))
    }

    @Test("nor to the minute, up to a depth")
    func minutes() {
        let steps = Self.events + [.mint(900), .mint(24 * Self.hour)] + [60, 900, 24 * Self.hour].map(Step.pass)
        let findings = Self.explore(steps, depth: 8)
        #expect(findings.losses.isEmpty, "\(findings.firstLoss ?? "")")
        #expect(findings.states.count > 3_000)
        #expect(findings.allowed == Set(steps))
    }

    @Test(
        "the search would find a loss: each kind of emergency makes one",
        arguments: [KeyRing.Event.retire(isEmergency: true), .promote(isEmergency: true), .replace(newKey: "new")])
    func emergencies(event: KeyRing.Event) {
        let findings = Self.explore(
            Self.events + [.mint(24 * Self.hour), .pass(12 * Self.hour), .event(event)], depth: 8)
        #expect(findings.losses == [.event(event)])
    }
}
