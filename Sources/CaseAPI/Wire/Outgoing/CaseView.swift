import CaseStore
import Complaints

/// A case with its promises as of an instant, as it is answered. What follows from its promises is worked out once. An
/// object for the same reason as `PromiseView`.
final class CaseView: Sendable {
    let file: CaseFile
    let now: Instant
    let timeline: CaseTimeline
    /// Where that was asked for.
    let guidance: Guidance?
    /// By when the first is due of what the customer has promised; nil where it waits for nothing of theirs.
    let customerDueAt: Instant?
    /// For whoever just made promises of it, by promise.
    private let advice: [Int64: PromiseAdvice]
    /// For whoever just changed it.
    private let warnings: [CaseWarning]

    init(
        _ file: CaseFile, at now: Instant, guidance: Guidance? = nil, advice: [Int64: PromiseAdvice] = [:],
        warnings: [CaseWarning] = []
    ) {
        self.file = file
        self.warnings = warnings
        self.now = now
        timeline = file.timeline(at: now)
        customerDueAt = file.customerDueAt
        self.guidance = guidance
        self.advice = advice
    }

    /// One that was just changed.
    convenience init(_ committed: Committed, at now: Instant) {
        self.init(committed.file, at: now, advice: committed.advice, warnings: committed.warnings)
    }

    fileprivate var promises: [PromiseView] {
        file.promises.map { PromiseView($0, of: record.summary, at: now, advice: advice[$0.id]) }
    }

    fileprivate var record: Case { file.record }
    fileprivate var fields: CaseFields { file.record.fields }
}

extension CaseView {
    /// What there is of a case.
    static let shown: [Shown<CaseView>] = known + edited + staged + decided + dated + ended + recorded + promised

    private static let known: [Shown<CaseView>] = [
        .id("id") { $0.record.id },
        .text("external_id", "The case's key in another system; unique.") { $0.fields.externalID },
        .text("subject", "The line the case is known by.") { $0.fields.subject },
        .text("complaint", "In the customer's own words; never edited.") { $0.record.complaint },
        .object("customer", "Who complains.", columns: "customer_", of: Customer.known) {
            $0.record.customer
        },
        .contact { $0.fields.contact },
    ]

    private static let edited: [Shown<CaseView>] = [
        .word("channel", "The way the complaint came in.") { $0.fields.channel },
        .text("category", "What the complaint is about, as the desk sorts its cases.") { $0.fields.category },
        .value("tags", .array(.text, 0...Limits.tags)) { $0.fields.tags },
        .word("severity") { $0.fields.severity },
        .word("mood", "When last observed.") { $0.fields.mood },
        .text("desired_outcome", "What would make the customer happy, in their words.") { $0.fields.desiredOutcome },
        .objectOrNull(
            "estimate",
            "Roughly how long the whole takes, as the customer was told: durations from received_at, or instants.",
            columns: "estimate_", of: Estimate.shown, schema: .named("ToldEstimate")
        ) { $0.fields.estimate },
        .text("owner", "Who handles the case.") { $0.fields.owner },
        .text("team", "The team the case is with.") { $0.fields.team },
        .text("supervisor", "Who was asked to join.") { $0.fields.supervisor },
        .text("regime", "The regime whose clocks make its promises; null for none.") { $0.fields.regime },
        .text("policy", "The policy that holds for it, by name: the first rule in use that fits it.") {
            $0.file.policy?.name
        },
    ]

    private static let staged: [Shown<CaseView>] = [
        .text("stage", "The stage of the regime that the case is at; null where it came to none.") {
            $0.file.stage?.name
        },
        .objects(
            "stages", "Those that it came to, the first one first.", of: StageView.shown, schema: .named("CaseStage")
        ) {
            view in view.file.stages.map { StageView($0, of: view.file) }
        },
    ]

    private static let decided: [Shown<CaseView>] = [
        .wordOrNull("mood_trend", "From the mood observed before; null when there was none.") { $0.record.moodTrend },
        .flag("escalated", "A supervisor was asked to join and has not yet.") { $0.file.isWaiting(.escalation) },
        .count("unassessed_threats", "Threats that nobody has looked into.") { $0.file.waiting(.threat).count },
        .count("pending_concessions", "Concessions that wait for a manager.") { $0.file.waiting(.concession).count },
        .count("pending_disputes", "Keeps that are disputed, and wait for a manager.") {
            $0.file.waiting(.dispute).count
        },
        .wordOrNull(
            "relationship",
            "What was last decided about going on with the customer; end, too, while nobody decided about one who may be "
                + "somebody with whom it was ended, by phone or e-mail: the log's first entry says who."
        ) { $0.file.relationship },
        .word("status") { $0.record.status },
    ]

    private static let dated: [Shown<CaseView>] = [
        .instant("received_at", "When the complaint reached the desk.") { $0.record.receivedAt },
        .instant("opened_at", "When the service was told of the case.") { $0.record.openedAt },
        .instant("resolved_at", "When it was last resolved; null while it is open.") { $0.record.resolvedAt },
        .instant("closed_at", "Null unless it is closed now.") { $0.record.closedAt },
        .instant("hard_deadline", "By when the case must be settled, whatever is promised.") { $0.fields.hardDeadline },
        .flag(
            "customer_accepted",
            "Whether the customer is content with how it was resolved last; null while it is open, and where nobody "
                + "wrote it down."
        ) { $0.record.customerAccepted },
    ]

    private static let ended: [Shown<CaseView>] = CaseEnding.members { $0.record.ending }

    private static let recorded: [Shown<CaseView>] = [
        .id(
            "duplicate_of",
            "The case that it was resolved as a duplicate of: what was promised goes on there. Null while it is open."
        ) { $0.record.duplicateOf },
        .flag("imported", "Whether it is history from another system.") { $0.record.imported },
        .count("version", "How many changes it has had, its opening among them.") { $0.record.version },
        .instant("updated_at", "The stamp of its last change.") { $0.record.updatedAt },
    ]

    private static let promised: [Shown<CaseView>] = [
        .flag("overdue", "Some promise to the customer is unsettled past its due instant.") { $0.timeline.isOverdue },
        .instant("overdue_since", "The due instant of the oldest overdue promise.") { $0.timeline.overdueSince },
        .instant("next_due_at", "The due instant of the next promise that is still open.") { $0.timeline.nextDueAt },
        .flag(
            "ever_broken",
            "Some promise to the customer was once on record as unsettled past its due instant, or was given up without "
                + "their release. Once true it stays true."
        ) { $0.timeline.everBroken },
        .flag("silent", "Open, without an unsettled promise to the customer; imported history aside, never.") {
            $0.timeline.isSilent
        },
        .flag(
            "waiting_on_customer",
            "Open, and the customer has promised something that is not done: see promises by the customer."
        ) { $0.customerDueAt != nil },
        .instant("customer_due_at", "The due instant of the first of that; null without.") { $0.customerDueAt },
        .object(
            "promise_counts", "How many promises to the customer stand in each state.", columns: "promises_",
            of: PromiseCounts.shown
        ) { $0.timeline.counts },
        .objects(
            "promises", "All ever made in the case, oldest first.", of: PromiseView.shown, schema: .named("CasePromise")
        ) { $0.promises },
        .ifAny(
            .object(
                "guidance", "What to do about it now, where include asks for it.", of: Guidance.shown,
                schema: .named("Guidance")
            ) { $0 },
            \.guidance),
        .warnings(CaseWarning.shown, \.warnings),
    ]
}

extension Shown {
    /// Who called for the customer of a case.
    static func contact(_ contact: @escaping @Sendable (Item) -> Contact) -> Shown {
        .objectOrNull(
            "contact", "Who called for the customer, where they did not themselves.", columns: "contact_",
            of: Contact.shown, schema: .named("CaseContact")
        ) { item in
            let contact = contact(item)
            return contact.isNobody ? nil : contact
        }
    }
}

extension CaseEnding {
    /// How a case ended, as members of what shows it.
    static func members<Item>(_ ending: @escaping @Sendable (Item) -> CaseEnding) -> [Shown<Item>] {
        [
            .wordOrNull("outcome", "What was found of the complaint; null while it is open, and where nobody said.") {
                ending($0).outcome
            },
            .objectOrNull(
                "redress", "What the customer gets by that in money; null while it is open, and where they get none.",
                columns: "redress_", of: Money.shown, schema: .named("CaseRedress")
            ) { ending($0).redress },
            .objectOrNull(
                "final_response", "The last word to the customer; null while it is open, and where none was sent.",
                columns: "final_response_", of: FinalResponse.shown, schema: .named("SentResponse")
            ) { ending($0).finalResponse },
        ]
    }
}

extension FinalResponse {
    static let shown: [Shown<FinalResponse>] = [
        .instant("sent_at") { $0.sentAt },
        .word("channel", "The way it went.") { $0.channel },
    ]
}

extension Contact {
    static let shown: [Shown<Contact>] = [
        .text("name") { $0.name },
        .text("phone") { $0.phone },
        .text("email") { $0.email },
        .text("relation", "What they are to the customer.") { $0.relation },
    ]
}

extension Shown {
    /// What speaks against a change, for whoever has just made it; missing where that is nothing.
    static func warnings<Warning: Sendable>(
        _ shown: [Shown<Warning>], _ warnings: @escaping @Sendable (Item) -> [Warning]
    ) -> Shown<Item> {
        .ifAny(
            .objects("warnings", "For whoever has just changed it: what speaks against it.", of: shown) {
                (all: [Warning]) in all
            }
        ) { item in
            let all = warnings(item)
            return all.isEmpty ? nil : all
        }
    }
}

extension CaseWarning {
    static let shown: [Shown<CaseWarning>] = [
        .word("code") { $0.code },
        .text("detail", "What to do about it.") { $0.detail },
        .ifAny(.text("owner", "Whom it is about.") { (name: String) in name }) { $0.owner },
        .ifAny(
            .value("promise_ids", .array(.id), "Those that stay with them.") { (ids: [Int64]) in ListedIDs(ids: ids) }
        ) {
            $0.promiseIDs.isEmpty ? nil : $0.promiseIDs
        },
        .ifAny(
            .value("customer_ids", .array(.id), "Those who may be one with the case's.") { (ids: [Int64]) in
                ListedIDs(ids: ids)
            }
        ) {
            $0.customerIDs.isEmpty ? nil : $0.customerIDs
        },
    ]
}

extension PromiseCounts {
    fileprivate static let shown: [Shown<PromiseCounts>] = PromiseState.allCases.map { state in
        .count(state.rawValue) { $0[state] }
    }
}

extension Estimate {
    /// Both ends as the customer was told.
    static let shown: [Shown<Estimate>] = [
        .text("from") { $0.from.text },
        .text("to") { $0.to.text },
    ]
}

extension ItemForm<CaseView> {
    static let `case` = ItemForm(CaseView.shown)
}

extension ListForm<CaseFile> {
    static let cases = ListForm(.case) { CaseView($0, at: $1) }
}
