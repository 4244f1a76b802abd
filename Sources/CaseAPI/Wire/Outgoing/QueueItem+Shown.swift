import Complaints

extension QueueItem {
    /// What there is of something that waits for somebody.
    static let shown: [Shown<QueueItem>] =
        whatItIs + whereItIs + [
            .object("case", "The case that it is in.", columns: "", of: CaseSummary.shown) { $0.summary },
            .object("call", "What settles it.", columns: "", of: CaseCall.shown, schema: .named("GuidedCall")) {
                $0.settling
            },
        ]

    /// Whom to call stands last, after what settles it.
    fileprivate static let columns = CSVColumns([
        whatItIs.columns(), CSVColumns("case_id") { $0.summary.id }, whereItIs.columns(),
        CaseCall.shown.columns().of(\.settling), CaseSummary.shown.columns().of { $0.summary },
    ])

    private static let whatItIs: [Shown<QueueItem>] = [
        .word("kind") { $0.reason.kind },
        .instant(
            "since",
            "When it was written down, or came up the ladder; the due instant of an overdue promise; when an owner was asked to accept one; when a "
                + "deadline came within 14 days."
        ) { $0.since },
        .text("why", "A sentence for people.") { $0.reason.why },
        .text(
            "waits_for",
            "The owner of a case whose deadline nears; the case's supervisor, for want of one the owner of a case with a threat; the owner of a promise, but for an overdue one, or a step of the ladder that is for them, their stand-in while they are away; whoever a step of the ladder is for, null for any manager."
        ) { $0.waitsFor },
        .instant("hard_deadline", "By when the case must be settled, where that is what waits.") { $0.left?.deadline },
        .value(
            "days_left", .integer(), "Until then, in whole days of 24 hours; below zero once it has passed."
        ) { $0.left?.days },
        .value(
            "business_days_left", .integer(),
            "The same in open dates after today's, by the calendar of the case's regime, else of its team; null without one."
        ) { $0.left?.businessDays },
    ]

    private static let whereItIs: [Shown<QueueItem>] = [
        .id("seq", "The entry in the log of the case that says so; null for a promise, and for a deadline.") { $0.seq },
        .id("promise_id", "Null for what is no promise.") { $0.promiseID },
    ]

    private var settling: CaseCall { CaseCall(call: call, caseID: summary.id, isWhole: true) }

    private var left: DeadlineLeft? { if case .deadline(let left) = reason { left } else { nil } }

    private var seq: Int64? { if case .entry(let seq) = place { seq } else { nil } }

    private var promiseID: Int64? { if case .promise(let id) = place { id } else { nil } }
}

extension ListForm<QueueItem> {
    static let queue = ListForm(ItemForm(QueueItem.shown, columns: QueueItem.columns))
}
