/// Finds what somebody who mistyped a name most likely meant.
package enum NearestName {
    /// Longer ones were not mistyped.
    private static let longest = 40

    /// The known name with the fewest letters added, dropped or changed, if they are few; of several the one that begins
    /// most like it, as people mistype the ends of words.
    package static func nearest(to name: String, among known: [String]) -> String? {
        guard name.utf8.count <= longest else { return nil }
        let ranked = known.map { (name: $0, distance: distance(name, $0), alike: alike(name, $0)) }
        guard let best = ranked.min(by: { ($0.distance, $1.alike) < ($1.distance, $0.alike) }) else { return nil }
        return best.distance <= max(2, name.utf8.count / 3) && best.distance < name.utf8.count ? best.name : nil
    }

    /// With how many bytes alike both begin.
    private static func alike(_ a: String, _ b: String) -> Int {
        zip(a.utf8, b.utf8).prefix { $0 == $1 }.count
    }

    /// Levenshtein's distance in bytes.
    private static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a.utf8)
        let b = Array(b.utf8)
        var row = Array(0...b.count)
        for i in 0..<a.count {
            var diagonal = row[0]
            row[0] = i + 1
            for j in 0..<b.count {
                let change = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, diagonal + 1)
            }
        }
        return row[b.count]
    }
}
