@testable import Complaints

/// What must hold of the reader of a zone's file, and of what clocks show by it, for whatever bytes.
enum TZifCheck {
    /// The claims that do not hold for these bytes.
    static func violations(_ bytes: [UInt8]) -> [String] {
        // The rule alone, which stands at the end of a file.
        rule(bytes.prefix(100)) + file(bytes)
    }

    private static func file(_ bytes: [UInt8]) -> [String] {
        do throws(TZifFile.Fault) {
            let file = try TZifFile(bytes)
            guard file.times.count == file.offsets.count else { return ["there are other offsets than times"] }
            if zip(file.times, file.times.dropFirst()).contains(where: { $0 >= $1 }) { return ["times do not go up"] }
            let rules = ZoneRules(file)
            return times(file.times).flatMap { time in
                shown(time, { rules.offset(at: $0) }, { rules.span(at: $0) }) + asWritten(time, rules, file)
            }
        } catch {
            return []
        }
    }

    /// Up to the last change clocks show what the file says, whatever its rule.
    private static func asWritten(_ time: Int64, _ rules: ZoneRules, _ file: TZifFile) -> [String] {
        guard let last = file.times.last, time <= last else { return [] }
        let place = file.times.lastIndex { $0 <= time }
        let wanted = place.map { file.offsets[$0] } ?? file.first
        let offset = rules.offset(at: time)
        return offset == wanted ? [] : ["at \(time) clocks show \(offset), and the file says \(wanted)"]
    }

    private static func rule(_ bytes: ArraySlice<UInt8>) -> [String] {
        guard let rule = PosixZone(bytes) else { return [] }
        return times([0]).flatMap { time in
            shown(time, { rule.span(at: $0).offset }, { rule.span(at: $0) })
        }
    }

    /// A time lies in its span, and clocks show the same throughout.
    private static func shown(
        _ time: Int64, _ offset: (Int64) -> Int64, _ span: (Int64) -> OffsetSpan
    ) -> [String] {
        let found = span(time)
        guard found.from <= time, time < found.until else { return ["\(time) does not lie in \(found)"] }
        guard (-100_000...100_000).contains(found.offset) else { return ["\(found) is more than a day from UTC"] }
        let ends = [time, max(found.from, time - 86_400), min(found.until - 1, time + 86_400)]
        return ends.filter { offset($0) != found.offset }.map { "at \($0) clocks show \(offset($0)), and not \(found)" }
    }

    /// About some changes, about those of a year, and about the ends of what instants can be.
    private static func times(_ changes: [Int64]) -> [Int64] {
        let bounds = Instant.earliest.milliseconds / 1000...Instant.latest.milliseconds / 1000
        let some = changes.prefix(20) + changes.suffix(20)
        let months = (0..<13).map { 1_767_225_600 + Int64($0) * 2_629_746 } + [4_102_444_800, 7_258_118_400]
        return (some + months + [bounds.lowerBound + 100_000, bounds.upperBound - 100_000])
            .flatMap { [$0 - 1, $0, $0 + 1] }
            .filter { bounds.contains($0) }
    }
}
