import CaseStore
import Complaints

/// A digest for people, as the body of a mail: who must be called, about what, by when.
///
/// - Lines have at most `width` columns (RFC 5322 section 2.1.1 recommends 78 characters; one quoted in an answer gets some more) and
///   no space at their end, by which a mail program would take them for the beginning of a longer one (RFC 3676 section 4.2).
/// - What somebody wrote never begins a line: none looks like `From ` of a mailbox, a `>` of a quotation or the `-- ` before a
///   signature.
struct DigestText {
    static let width = 72
    private static let indent = "  "
    /// The columns of a line after it.
    private static let room = width - indent.utf8.count
    /// How many lines what was promised takes at most, and what its case is about.
    private static let (mostLines, mostLinesAbout) = (4, 2)

    private(set) var lines: [String] = []

    init(_ digest: Digest) {
        let whose = [digest.owner, digest.team.map { "team \($0)" }].compactMap(\.self).joined(separator: ", ")
        write("Promises of \(whose.isEmpty ? "the desk" : whose)")
        // At an instant, and not by the end of the day before.
        let now = digest.asOf.localText(in: digest.days.zone).prefix("2026-11-02 16:30".count)
        write("\(digest.days.today.weekday.name), \(now) (\(digest.days.zone.name))")
        lines.append("")
        guard DigestSection.allCases.contains(where: { digest[$0].total > 0 }) else {
            write("Nothing is overdue, due today or this week, or waiting to be accepted.")
            return
        }
        let counts = DigestSection.allCases.map { section in
            let total = digest[section].total
            return "\(total == 0 ? "none" : "\(total)") \(section.counted)"
        }
        let sentence = counts.joined(separator: ", ") + "."
        // Nobody else wrote any of it.
        lines += FoldedText(sentence.prefix(1).uppercased() + sentence.dropFirst(), width: Self.width).lines()
        for section in DigestSection.allCases where digest[section].total > 0 {
            lines += ["", "\(section.title) (\(digest[section].total))"]
            for row in digest[section].rows { write(row, in: digest, section) }
            let rest = digest[section].total - digest[section].rows.count
            if rest > 0 { lines += ["", "\(Self.indent)And \(rest) more."] }
        }
    }

    private mutating func write(_ row: PromiseRow, in digest: Digest, _ section: DigestSection) {
        let (promise, summary) = (row.promise, row.summary)
        var head = promise.dueAt.dueText(in: digest.days.zone)
        if promise.dueAt < digest.asOf { head += ", \((digest.asOf - promise.dueAt).roughly) late" }
        if promise.waitsForAcceptance, section != .waiting { head += ", not accepted yet" }
        lines += ["", "* \(head)"]
        write(promise.what, at: Self.indent, upTo: Self.mostLines)
        let contact = summary.contact
        let caller = contact.name.map { name in "\(name)\(contact.relation.map { " (\($0))" } ?? "")" }
        let customer = summary.customer.fields
        let called: [String?] = [
            "Case \(promise.caseID)", promise.to == .us ? "promised to ourselves" : nil, customer.name,
            caller.map { "called by \($0)" },
            contact.phone ?? customer.phone ?? contact.email ?? customer.email,
        ]
        write(parts: called.compactMap(\.self))
        if let subject = summary.subject { write("About: \(subject)", at: Self.indent, upTo: Self.mostLinesAbout) }
        if digest.owner == nil { write(promise.owner.map { "Owner: \($0)" } ?? "Nobody's", at: Self.indent) }
    }

    /// What is listed at an indent, each part in one line where one has room for it: a phone number is not broken.
    private mutating func write(parts: [String]) {
        var line = ""
        for part in parts {
            let longer = line.isEmpty ? part : "\(line), \(part)"
            // With the comma that comes after it.
            if line.isEmpty || FoldedText.columns(of: longer) < Self.room {
                line = longer
            } else {
                write("\(line),", at: Self.indent)
                line = part
            }
        }
        write(line, at: Self.indent)
    }

    /// A text at an indent, or from the first column on with what does not fit at an indent: that is never how it began.
    private mutating func write(_ text: String, at indent: String = "", upTo most: Int = .max) {
        lines += FoldedText(text, width: Self.room).lines(upTo: most).enumerated().map {
            ($0 == 0 ? indent : Self.indent) + $1
        }
    }
}

extension DigestSection {
    /// Above what it has.
    fileprivate var title: String {
        switch self {
        case .overdue: "Overdue"
        case .dueToday: "Due today"
        case .dueThisWeek: "Due this week"
        case .waiting: "To be accepted"
        }
    }

    /// What there are so many of.
    fileprivate var counted: String {
        switch self {
        case .overdue: "overdue"
        case .dueToday: "due today"
        case .dueThisWeek: "due later this week"
        case .waiting: "to be accepted"
        }
    }
}

extension ElapsedTime {
    /// In the largest unit that it has one of: `3 days`.
    fileprivate var roughly: String {
        let minutes = milliseconds / 60_000
        let units = [(minutes / 1440, "day"), (minutes / 60, "hour"), (minutes, "minute")]
        guard let (count, unit) = units.first(where: { $0.0 > 0 }) else { return "less than a minute" }
        return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
