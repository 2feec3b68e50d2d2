import AuthService
import BridgeCore
import Testing

/// One way to spoil a chain of six entries, and what has to be found.
struct Tampering: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sequence: Int64
    let kind: AuditFault.Kind
    /// Whether the head of the whole chain was noted outside.
    var notesHead = false
    let spoil: @Sendable (inout [AuditRecord]) throws -> Void

    static let all: [Tampering] = [
        Tampering(testDescription: "the first removed", sequence: 2, kind: .missing(from: 1)) { $0.removeFirst() },
        Tampering(testDescription: "one removed", sequence: 4, kind: .missing(from: 3)) { $0.remove(at: 2) },
        Tampering(testDescription: "three removed", sequence: 6, kind: .missing(from: 3)) { $0.removeSubrange(2...4) },
        Tampering(testDescription: "one removed, the rest renumbered", sequence: 3, kind: .moved(from: 4)) { chain in
            chain.remove(at: 2)
            for place in 2...4 { chain[place] = AuditChains.moving(chain[place], to: Int64(place + 1)) }
        },
        Tampering(testDescription: "one removed, the rest renumbered and hashed", sequence: 3, kind: .unlinked) {
            chain in
            chain.remove(at: 2)
            for place in 2...4 {
                let line = try chain[place].line.replacingFirst(
                    "\"sequence\":\(place + 2)", "\"sequence\":\(place + 1)")
                chain[place] = AuditChains.moving(
                    try AuditChains.replacing(chain[place], line: line, rehashed: true), to: Int64(place + 1))
            }
        },
        Tampering(testDescription: "two in each other's place", sequence: 3, kind: .moved(from: 4)) { chain in
            (chain[2], chain[3]) = (AuditChains.moving(chain[3], to: 3), AuditChains.moving(chain[2], to: 4))
        },
        Tampering(testDescription: "two in the wrong order", sequence: 4, kind: .missing(from: 3)) {
            $0.swapAt(2, 3)
        },
        Tampering(testDescription: "one twice", sequence: 3, kind: .outOfOrder) { $0.insert($0[2], at: 3) },
        Tampering(testDescription: "a line changed", sequence: 3, kind: .changed) { chain in
            chain[2] = try AuditChains.replacing(
                chain[2], line: try chain[2].line.replacingFirst("cli:root", "cli:ruth"), rehashed: false)
        },
        Tampering(testDescription: "a hash changed", sequence: 3, kind: .changed) { chain in
            chain[2] = AuditRecord(
                sequence: 3, line: chain[2].line, hash: AuditChain.start, index: chain[2].index)
        },
        Tampering(testDescription: "a line changed, its hash too", sequence: 4, kind: .unlinked) { chain in
            chain[2] = try AuditChains.replacing(
                chain[2], line: try chain[2].line.replacingFirst("key-3", "key-4"), rehashed: true)
        },
        Tampering(
            testDescription: "a line filed under one person, about another", sequence: 3,
            kind: .filedOtherwise(member: "account")
        ) { chain in
            chain[2] = try AuditChains.replacing(
                chain[2], line: try chain[2].line.replacingFirst("ann@", "bob@"), rehashed: true)
        },
        Tampering(testDescription: "filed under another tenant", sequence: 3, kind: .filedOtherwise(member: "license"))
        {
            chain in
            chain[2] = AuditRecord(
                sequence: 3, line: chain[2].line, hash: chain[2].hash,
                index: AuditIndex(
                    time: chain[2].index.time, license: "two", actor: "cli:root", action: "key.import",
                    account: "ann@example.com", code: nil))
        },
        Tampering(testDescription: "filed with a code", sequence: 3, kind: .filedOtherwise(member: "code")) { chain in
            chain[2] = AuditRecord(
                sequence: 3, line: chain[2].line, hash: chain[2].hash,
                index: AuditIndex(
                    time: chain[2].index.time, license: "one", actor: "cli:root", action: "key.import",
                    account: "ann@example.com", code: "role_missing"))
        },
        Tampering(testDescription: "a line that is no entry", sequence: 3, kind: .unreadable) { chain in
            chain[2] = try AuditChains.replacing(chain[2], line: "{}", rehashed: true)
        },
        Tampering(testDescription: "a line without the hash before it", sequence: 1, kind: .unlinked) { chain in
            let line = try chain[0].line.replacingFirst("\"previous\":\"00", "\"previous\":\"01")
            chain[0] = try AuditChains.replacing(chain[0], line: line, rehashed: true)
        },
        Tampering(testDescription: "the end cut off", sequence: 4, kind: .headMissing, notesHead: true) {
            $0.removeLast(2)
        },
        Tampering(testDescription: "everything removed", sequence: 0, kind: .headMissing, notesHead: true) {
            $0.removeAll()
        },
        Tampering(testDescription: "the end written anew", sequence: 6, kind: .headMissing, notesHead: true) { chain in
            let other = try AuditChains.chain(variant: "-forged")
            chain = try other[3...].reduce(into: Array(chain[..<3])) { chain, record in
                let entry = AuditEntry(
                    record.index.action, by: Actor(record.index.actor), at: record.index.time, license: nil)
                chain.append(try AuditChain.record(entry, after: chain.last?.end))
            }
        },
        Tampering(testDescription: "all of it written anew", sequence: 6, kind: .headMissing, notesHead: true) {
            $0 = try AuditChains.chain(variant: "-forged")
        },
    ]
}

@Suite("The audit verifier")
struct AuditVerifierTests {
    @Test("finds nothing in a chain as it was written", arguments: [1, 2, 6, 300])
    func accepts(count: Int) throws {
        let chain = try AuditChains.chain(count)
        #expect(try AuditChains.fault(in: chain) == nil)
        for record in chain { #expect(try AuditChains.fault(in: chain, expecting: record.hash) == nil) }
    }

    @Test("finds nothing where nothing was written")
    func empty() throws {
        #expect(try AuditChains.fault(in: []) == nil)
        #expect(try AuditChains.fault(in: [], expecting: AuditChain.start) == nil)
        #expect(AuditVerifier().head == AuditChain.start)
    }

    @Test("finds the place of every tampering", arguments: Tampering.all)
    func finds(tampering: Tampering) throws {
        let untouched = try AuditChains.chain()
        var chain = untouched
        try tampering.spoil(&chain)
        let fault = try #require(
            try AuditChains.fault(in: chain, expecting: tampering.notesHead ? untouched.last?.hash : nil))
        #expect(fault.sequence == tampering.sequence)
        #expect(fault.kind == tampering.kind)
        #expect(fault.time == chain.first { $0.sequence == fault.sequence }?.index.time)
        #expect(!fault.detail.isEmpty)
    }

    @Test("cannot know of a new end unless the head was noted: the reason to note it")
    func limit() throws {
        for tampering in Tampering.all where tampering.notesHead {
            var chain = try AuditChains.chain()
            try tampering.spoil(&chain)
            #expect(try AuditChains.fault(in: chain) == nil)
        }
    }

    @Test("finds any single bit that is changed in a line")
    func bits() throws {
        let chain = try AuditChains.chain(2)
        for place in chain[0].line.utf8.indices {
            var bytes = Array(chain[0].line.utf8)
            bytes[chain[0].line.utf8.distance(from: chain[0].line.utf8.startIndex, to: place)] ^= 1
            let line = String(decoding: bytes, as: UTF8.self)
            let spoilt = [try AuditChains.replacing(chain[0], line: line, rehashed: false), chain[1]]
            #expect(try AuditChains.fault(in: spoilt)?.kind == .changed)
            let rehashed = [try AuditChains.replacing(chain[0], line: line, rehashed: true), chain[1]]
            #expect(try AuditChains.fault(in: rehashed) != nil)
        }
    }

    @Test("counts what is in order, and knows the head")
    func progress() throws {
        let chain = try AuditChains.chain()
        var verifier = AuditVerifier()
        for record in chain { _ = try verifier.check(record) }
        #expect(verifier.count == 6)
        #expect(verifier.head == chain.last?.hash)
    }
}

@Suite("The hash of an audit entry")
struct AuditHashTests {
    @Test("is read as people note it")
    func reads() throws {
        let hash = try AuditChain.hash("a line")
        #expect(AuditChain.hash(hex: Hex.encode(hash)) == hash)
        #expect(AuditChain.hash(hex: Hex.encode(hash).uppercased()) == hash)
    }

    @Test(
        "is read from nothing else",
        arguments: [
            "", "00", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
            String(repeating: "g", count: 64), " " + String(repeating: "0", count: 63),
            String(repeating: "0", count: 64) + "g",
        ])
    func refuses(text: String) {
        #expect(AuditChain.hash(hex: text) == nil)
    }
}
