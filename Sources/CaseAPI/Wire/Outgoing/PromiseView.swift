import CaseStore
import Complaints

/// A promise as of an instant, as it is answered, with as much of its case as somebody needs who is about to call. An
/// object, as some thirty closures are handed it: a struct of its size would be copied for most.
final class PromiseView: Sendable {
    let promise: Promise
    let summary: CaseSummary
    let state: PromiseState
    /// For whoever just made it.
    let advice: PromiseAdvice?

    init(_ promise: Promise, of summary: CaseSummary, at now: Instant, advice: PromiseAdvice? = nil) {
        self.promise = promise
        self.summary = summary
        state = promise.state(at: now)
        self.advice = advice
    }

    /// One of a case that was just changed.
    convenience init(_ promise: Promise, of committed: Committed, at now: Instant) {
        self.init(promise, of: committed.file.record.summary, at: now, advice: committed.advice[promise.id])
    }
}

extension PromiseView {
    /// What there is of a promise.
    static let shown: [Shown<PromiseView>] =
        made + standing + settled + told + .ifAny(PromiseAdvice.shown) { $0.advice } + [
            .object(
                "case", "As much of the case as somebody needs who is about to call.", columns: "",
                of: CaseSummary.shown
            ) { $0.summary }
        ]

    private static let made: [Shown<PromiseView>] = [
        .id("id") { $0.promise.id },
        .id("case_id") { $0.promise.caseID },
        .word("kind") { $0.promise.kind },
        .text("what", "What was promised, in the words of the desk.") { $0.promise.what },
        .word("by") { $0.promise.by },
        .word("to") { $0.promise.to },
        .text("owner", "Who has to keep it.") { $0.promise.owner },
        .text(
            "accountable",
            "For whom it counts: who made or took it, or accepted it last. Given to somebody who has not accepted, it counts "
                + "for who gave it."
        ) { $0.promise.accountable },
        .text("made_by", "Who made it; policy for a default promise.") { $0.promise.madeBy },
        .instant("made_at") { $0.promise.madeAt },
        .instant("told_at", "Since when the customer knows of it; null while they do not.") { $0.promise.told?.at },
        .wordOrNull("channel", "The way it is to be kept.") { $0.promise.channel },
        .instant("due_at", "The last instant at which it can be kept in time; it never changes.") { $0.promise.dueAt },
        .instant("original_due_at", "The due instant of the first promise of the chain.") { $0.promise.originalDueAt },
        .text("due_explained", "The steps from a business time, or from what starts a regime's clock, to due_at.") {
            $0.promise.dueExplained
        },
        .text(
            "clock", "The clock of the case's regime that made it, or the promise whose place it took; null for none."
        ) {
            $0.promise.clock?.name
        },
        .value("stage", .count, "Whose clock that is, by its number among the stages of the case.") {
            $0.promise.clock?.stage
        },
        .flag("after_hard_deadline", "It is due after the hard_deadline of its case.") {
            view in view.summary.hardDeadline.map { view.promise.dueAt > $0 } ?? false
        },
    ]

    private static let standing: [Shown<PromiseView>] = [
        .word("state") { $0.state },
        .flag("overdue") { $0.state == .overdue },
    ]

    private static let settled: [Shown<PromiseView>] = [
        .instant("kept_at", "When it happened, by its owner.") { $0.promise.keptAt },
        .instant("recorded_at", "When the service was told that it is settled.") { $0.promise.settlement?.recordedAt },
        .text("settled_by", "Who said so.") { $0.promise.settlement?.by },
        .text("evidence", "What shows that it was kept.") { $0.promise.settlement?.evidence },
        .flag("backdated", "Kept in time, but the service was told only after the due instant.") {
            $0.promise.isBackdated
        },
        .instant("dispute_upheld_at", "When it was decided that it had not been kept: from then on it is broken.") {
            $0.promise.upheld?.recordedAt
        },
        .seconds(
            "late_seconds",
            "How long after its due instant it was settled, 0 in time; null until then, for a mistake, and for what goes on "
                + "elsewhere."
        ) { $0.promise.lateness },
        .count("slips", "How often the date has moved to a later one, up to this promise.") { $0.promise.slips },
        .value(
            "total_slip_seconds", .integer(), "How far the date has moved from the first one of the chain."
        ) { $0.promise.totalSlip.wholeSeconds },
        .id("supersedes", "The promise whose place it took.") { $0.promise.supersedes },
        .id("superseded_by", "The promise that took its place.") { $0.promise.successor },
        .id("transferred_from", "The promise of a duplicate of the case that it goes on from.") {
            $0.promise.origin?.promise
        },
        .id("transferred_to", "The promise that it goes on as, in the case that its own is a duplicate of.") {
            $0.promise.settlement?.outcome.transferredTo
        },
        .instant(
            "first_made_at", "When it was made first: another instant than made_at where it goes on from a duplicate."
        ) { $0.promise.firstMadeAt },
        .text("reason", "Why it was settled, else why it was made in place of another.") { $0.promise.reason },
        .text("explanation", "The same, as the customer was told.") { $0.promise.explanation },
    ]

    private static let told: [Shown<PromiseView>] = [
        .text("next_step", "What happens next, as the customer was told.") { $0.promise.nextStep },
        .objectOrNull(
            "customer_notified", "How the customer was told when it was made.", columns: "customer_notified_",
            of: CustomerNotice.shown, schema: .named("CustomerNotice")
        ) { $0.promise.customerNotified },
        .instant("accepted_at", "When its owner took it on, where somebody else gave it to them.") {
            $0.promise.acceptance?.acceptedAt
        },
        .flag(
            "waits_for_acceptance", "Its owner has yet to accept it; or it was declined, and is nobody's since."
        ) { $0.promise.waitsForAcceptance },
        .id("concession", "The concession that it makes good, by its seq in the log of concession_case_id.") {
            $0.promise.concession
        },
        .id(
            "concession_case_id",
            "The case whose concession that is, and in which it is decided: the promise's own, or the duplicate that it goes "
                + "on from. Null without one."
        ) { view in view.promise.concession.map { _ in view.promise.concessionCase ?? view.promise.caseID } },
        .flag("imported", "Whether it is history from another system.") { $0.promise.imported },
    ]
}

extension CustomerNotice {
    static let shown: [Shown<CustomerNotice>] = [
        .word("channel") { $0.channel },
        .word("outcome") { $0.outcome },
        .instant("at") { $0.at },
    ]
}

extension PromiseAdvice {
    static let shown: [Shown<PromiseAdvice>] = [
        .objectOrNull(
            "load", "For whoever has just made it, or given it to somebody: what its owner carries.",
            of: OwnerLoad.shown,
            schema: .named("OwnerLoad")
        ) { $0.load },
        .objects(
            "warnings", "For whoever has just made it, or given it to somebody: what speaks against it.",
            of: PromiseWarning.shown
        ) {
            $0.warnings
        },
    ]
}

extension OwnerLoad {
    static let shown: [Shown<OwnerLoad>] = [
        .text("owner") { $0.owner },
        .value(
            "day", Schema(["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]),
            "The day on which it is due, where its owner is."
        ) { $0.day },
        .text("time_zone", "Whose day that is.") { $0.timeZone },
        .count(
            "due_that_day",
            "Unsettled promises due on it, this one too; counted to 25, or past the policy's load_cap."
        ) { $0.dueThatDay },
        .value("overdue", .integer(0...Int64(OwnerLoad.mostOverdue)), "Their promises past due, counted so far.") {
            $0.overdue
        },
        .value("kept_rate", .rate, "Of all their promises, as in the report; null when there is nothing to tell.") {
            $0.keptRate
        },
    ]
}

extension PromiseWarning {
    fileprivate static let shown: [Shown<PromiseWarning>] = [
        .word("code") { $0.code },
        .text("detail", "What to do about it.") { $0.detail },
    ]
}

extension CaseSummary {
    /// As much of a case as somebody needs who is about to call.
    static let shown: [Shown<CaseSummary>] = [
        .id("id", column: .without) { $0.id },
        .text("external_id", column: .named("case_external_id")) { $0.externalID },
        .text("subject", column: .named("case_subject")) { $0.subject },
        .word("severity", column: .named("case_severity")) { $0.severity },
        .word("mood", column: .named("case_mood")) { $0.mood },
        .object("customer", columns: "customer_", of: Customer.called) { $0.customer },
        .contact { $0.contact },
    ]
}

extension ItemForm<PromiseView> {
    static let promise = ItemForm(PromiseView.shown)
}

extension ListForm<PromiseRow> {
    static let promises = ListForm(.promise) { PromiseView($0.promise, of: $0.summary, at: $1) }
}
