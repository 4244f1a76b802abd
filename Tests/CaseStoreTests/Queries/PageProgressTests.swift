import Complaints
import Testing

@testable import CaseStore

@Suite("The progress of pages")
struct PageProgressTests {
    private func goesOn(_ keys: [PageKey], after start: PageKey? = nil, in order: PageOrder = .byValue) -> Bool {
        var progress = PageProgress(after: start, in: order)
        do {
            for key in keys { try progress.advance(to: key) }
            return true
        } catch {
            return false
        }
    }

    @Test("pages go up or down, and the rows without a sort value come last")
    func forward() {
        let keys = [
            PageKey(value: 1, id: 7), PageKey(value: 1, id: 9), PageKey(value: 2, id: 1), PageKey(value: nil, id: 1),
        ]
        #expect(goesOn(keys))
        #expect(goesOn(keys.reversed()))
        #expect(goesOn(Array(keys.dropFirst()), after: keys[0]))
    }

    @Test("a page that begins where another did, or before it, is the last one")
    func back() {
        let (one, two, three) = (PageKey(value: 1, id: 1), PageKey(value: 2, id: 1), PageKey(value: nil, id: 1))
        for keys in [[one, one], [one, two, two], [one, two, one], [three, two, three], [one, three, two]] {
            #expect(!goesOn(keys))
            #expect(!goesOn(Array(keys.dropFirst()), after: keys[0]))
        }
    }

    @Test("a list that is sorted by something else first goes on with an earlier instant")
    func ranks() {
        let keys = QueueRank.all.flatMap { rank in
            [20, 30].map { QueuePlace(rank: rank, since: Instant(milliseconds: $0), id: 4).key }
        }
        #expect(goesOn(keys, in: .queue))
        #expect(goesOn(Array(keys.dropFirst()), after: keys[0], in: .queue))
        #expect(!goesOn([keys[0], keys[3], keys[2]], in: .queue))
        #expect(!goesOn([keys[2], keys[3], keys[1]], in: .queue))
    }

    @Test("a row's sort value is an instant and its id is counted from 1")
    func possible() {
        for key in [PageKey(value: nil, id: 1), PageKey(value: Instant.latest.milliseconds, id: .max)] {
            #expect(key.isPossible)
        }
        for key in [
            PageKey(value: nil, id: 0), PageKey(value: nil, id: .min), PageKey(value: .min, id: 1),
            PageKey(value: .max, id: 1),
        ] {
            #expect(!key.isPossible)
        }
    }
}
