import Complaints

/// The forms of the dates in a file: those that the command line names, and RFC 3339 with what other programs make of it. A
/// date that fits several of them, each as another instant, is none: nobody knows which was meant.
struct DateForms {
    /// Why a text is no date.
    enum Fault: Error {
        case missingOffset
        case unknown
        /// The forms that it fits, with the instants that they make of it.
        case ambiguous([(form: String, instant: Instant)])
    }

    var patterns: [DatePattern] = []
    /// Of dates that say no offset.
    var timeZone = Zone.utc

    /// Numbers below it are seconds since 1970 where these may be meant as well, up to the year 5138; what lies beyond is
    /// milliseconds, from 1973 on.
    private static let firstMilliseconds = Instant(milliseconds: 100_000_000_000)

    func instant(_ text: String) throws(Fault) -> Instant { try date(text).instant }

    func date(_ text: String) throws(Fault) -> FileDate {
        var found: [(form: String, date: FileDate)] = []
        for pattern in patterns {
            guard let date = pattern.date(text, in: timeZone) else { continue }
            if pattern.epochUnit == 1, date.instant < Self.firstMilliseconds, hasEpochSeconds { continue }
            found.append((pattern.text, date))
        }
        var fault = Fault.unknown
        do throws(InstantSyntaxError) {
            found.append(("RFC 3339", FileDate(instant: try Instant(rfc3339: Self.strict(text)))))
        } catch {
            if error == .missingOffset { fault = .missingOffset }
        }
        guard let first = found.first else { throw fault }
        if found.contains(where: { $0.date.instant != first.date.instant }) {
            throw .ambiguous(found.map { ($0.form, $0.date.instant) })
        }
        return first.date
    }

    private var hasEpochSeconds: Bool { patterns.contains { $0.epochUnit == 1000 } }

    /// What stands for RFC 3339 elsewhere, as that has it: with a space instead of `T`, an offset without a colon, a space
    /// before it, or `UTC`.
    private static func strict(_ text: String) -> String {
        // Most are as they should be, and are not looked at twice.
        if text.utf8.last == UInt8(ascii: "Z"), text.utf8.dropFirst(10).first == UInt8(ascii: "T") { return text }
        let form =
            /([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?) ?(Z|z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)/
        guard text.utf8.count <= 64, let parts = text.wholeMatch(of: form)?.output else {
            // A local date and time is told as such.
            return text.utf8.count == 19 ? text.replacing(" ", with: "T", maxReplacements: 1) : text
        }
        var offset = String(parts.3)
        if offset == "UTC" { offset = "Z" }
        if offset.utf8.count == 3 { offset += ":00" }
        if offset.utf8.count == 5 { offset = "\(offset.prefix(3)):\(offset.suffix(2))" }
        return "\(parts.1)T\(parts.2)\(offset)"
    }
}
