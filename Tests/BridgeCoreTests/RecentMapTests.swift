import BridgeCore
import Testing

@Suite("A map of what was used recently")
struct RecentMapTests {
    @Test("holds no more than its capacity", arguments: [-1, 0, 1, 2, 3, 10, 11])
    func bound(_ capacity: Int) {
        var map = RecentMap<Int, Int>(capacity: capacity)
        for key in 0..<100 {
            map.insert(key, for: key)
            #expect(map.count <= max(2, capacity))
            #expect(map.value(for: key) == key)
        }
    }

    @Test("forgets the oldest half, and hands out what it forgets")
    func forgets() {
        var map = RecentMap<Int, Int>(capacity: 10)
        var dropped: [Int] = []
        for key in 0..<10 { map.insert(key, for: key) { dropped.append($0) } }
        #expect(map.count == 10)
        #expect(dropped.isEmpty)
        map.insert(10, for: 10) { dropped.append($0) }
        #expect(dropped.sorted() == [0, 1, 2, 3, 4])
        #expect((0...10).filter { map.value(for: $0) == nil } == [0, 1, 2, 3, 4])
    }

    @Test("keeps what is used")
    func keepsUsed() {
        var map = RecentMap<Int, String>(capacity: 10)
        map.insert("kept", for: -1)
        for key in 0..<1000 {
            map.insert("new", for: key)
            if key % 4 == 0 { #expect(map.value(for: -1) == "kept") }
        }
        #expect(map.count <= 10)
    }

    @Test("keeps one value for a key, the latest")
    func replaces() {
        var map = RecentMap<Int, Int>(capacity: 4)
        for key in 0..<4 { map.insert(key, for: key) }  // 0 and 1 are old, 2 and 3 young
        for value in [10, 20] {
            map.insert(value, for: 0)
            #expect(map.value(for: 0) == value)
        }
        #expect(map.count <= 4)
        #expect(map.remove(0) == 20)
        #expect(map.value(for: 0) == nil)
        #expect(map.remove(0) == nil)
    }

    @Test("gives up everything at once")
    func removeAll() {
        var map = RecentMap<Int, Int>(capacity: 10)
        for key in 0..<8 { map.insert(key, for: key) }
        var dropped: [Int] = []
        map.removeAll { dropped.append($0) }
        #expect(dropped.sorted() == Array(0..<8))
        #expect(map.count == 0)
    }

    @Test("hands out each value once, however it is used")
    func dropsOnce() {
        var map = RecentMap<Int, Int>(capacity: 6)
        var dropped: [Int] = []
        for step in 0..<500 {
            let key = step * 7 % 13
            if map.value(for: key, dropping: { dropped.append($0) }) == nil {
                map.insert(step, for: key) { dropped.append($0) }
            }
        }
        map.removeAll { dropped.append($0) }
        #expect(Set(dropped).count == dropped.count)
    }
}
