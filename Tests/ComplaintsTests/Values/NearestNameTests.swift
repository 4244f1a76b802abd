import Complaints
import TestSupport
import Testing

@Suite("What somebody meant who mistyped a name")
struct NearestNameTests {
    /// The whole matrix, and every name looked at.
    private static func nearest(_ name: String, _ known: [String]) -> String? {
        let ranked = known.map { other in
            (name: other, distance: distance(name, other), alike: zip(name.utf8, other.utf8).prefix { $0 == $1 }.count)
        }
        let best = ranked.min { ($0.distance, $1.alike) < ($1.distance, $0.alike) }
        guard let best, name.utf8.count <= 40 else { return nil }
        let count = name.utf8.count
        return best.distance <= (count <= 3 ? 1 : max(2, count / 3)) && best.distance < count ? best.name : nil
    }

    private static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        var rows = [Array(0...b.count)]
        for i in 0..<a.count {
            rows.append([i + 1])
            for j in 0..<b.count {
                let change = rows[i][j] + (a[i] == b[j] ? 0 : 1)
                var least = min(change, rows[i + 1][j] + 1, rows[i][j + 1] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
                rows[i + 1].append(least)
            }
        }
        return rows[a.count][b.count]
    }

    @Test("is what the whole matrix of every name says, though little of it is worked out")
    func isNearest() {
        var random = SeededRandom(7)
        let letters = Array("abc_".unicodeScalars)
        func word(_ count: Int) -> String {
            var word = String.UnicodeScalarView()
            for _ in 0..<count { word.append(letters.randomElement(using: &random)!) }
            return String(word)
        }
        for _ in 0..<2_000 {
            let known = (0..<Int.random(in: 0...8, using: &random)).map { _ in word(.random(in: 0...12, using: &random))
            }
            let name = word(.random(in: 0...14, using: &random))
            #expect(NearestName.nearest(to: name, among: known) == Self.nearest(name, known), "\(name) among \(known)")
        }
        for name in ["due", "due_a", "customer_notifed", "sumary", "kpet_at", "", "x"] {
            let known = ["summary", "kept_at", "customer_notified", "due_at", "due_in", "due_in_business"]
            #expect(NearestName.nearest(to: name, among: known) == Self.nearest(name, known))
        }
    }

    @Test("is no name of three letters that shares one with it; two that changed places are one mistake")
    func short() {
        let known = ["mia", "kim", "lou"]
        for name in ["kai", "max", "kia", "xyz", "k"] {
            #expect(NearestName.nearest(to: name, among: ["mia"]) == (name == "kia" ? "mia" : nil), "\(name)")
        }
        for (name, meant) in [
            ("kmi", "kim"), ("ikm", "kim"), ("kin", "kim"), ("kimm", "kim"), ("ki", "kim"), ("luo", "lou"),
            ("mai", "mia"),
        ] {
            #expect(NearestName.nearest(to: name, among: known) == meant, "\(name)")
        }
        #expect(NearestName.nearest(to: "kim", among: ["mia"]) == nil)
        #expect(NearestName.nearest(to: "onwer", among: ["owner", "other"]) == "owner")
    }

    @Test("is looked for in bounded work, however many ask: past it nothing is said")
    func isBounded() {
        let known = (0..<40).map { "field_number_\($0)" }
        var budget = SearchBudget()
        var found = 0
        for index in 0..<100_000 {
            if NearestName.nearest(to: "feld_number_\(index % 40)", among: known, within: &budget) != nil { found += 1 }
        }
        #expect(found > 5, "some get an answer")
        #expect(found < 1_000, "\(found) did")
        #expect(budget.isSpent)
        let reaches = budget.take(1)
        #expect(!reaches)
    }
}
