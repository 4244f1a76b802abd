import CaseStore
import Complaints

/// A promise that went over, as it is answered.
struct HandedPromise: Sendable {
    let part: Handover.Part
    let now: Instant

    static let shown: [Shown<HandedPromise>] =
        [
            .id("id") { $0.part.promise.id },
            .id("case_id") { $0.part.promise.caseID },
            .word("kind") { $0.part.promise.kind },
            .text("what", "What was promised, in the words of the desk.") { $0.part.promise.what },
            .text("owner", "Who has to keep it.") { $0.part.promise.owner },
            .text("accountable", "For whom it counts.") { $0.part.promise.accountable },
            .instant("due_at") { $0.part.promise.dueAt },
            .word("state") { $0.part.promise.state(at: $0.now) },
            .flag("waits_for_acceptance", "Its owner has yet to accept it.") { $0.part.promise.waitsForAcceptance },
        ] + .of(PromiseAdvice.shown) { $0.part.advice }
}

extension Handover {
    /// What is answered to a handover.
    static let shown: [Shown<Handover>] = [
        .id(
            "seq",
            "Its entry in the log of who had it: what undoes it names that as only. Null where nothing went over: then there is "
                + "no entry."
        ) { $0.seq },
        .text("from", "Who had it.") { $0.from },
        .text("to", "Who has it from now on.") { $0.to },
        .text("reason") { $0.reason },
        .id("only", "The handover that it undoes.") { $0.only },
        .instant("at") { $0.at },
        .objects(
            "promises", "Those that went over, the earliest due first.", of: HandedPromise.shown,
            bounds: 0...Limits.handover
        ) { handover in handover.promises.map { HandedPromise(part: $0, now: handover.at) } },
        .value("case_ids", .array(.id), "The cases that went over.") { ListedIDs(ids: $0.caseIDs) },
        .object("remaining", "What did not go over.", of: remaining) { $0 },
        .ifAny(.text("notice", "Says that nothing has changed, or what stays with whoever has it.") { $0 }) {
            $0.notice
        },
        .objectOrNull(
            "load", "What whoever has it from now on carries today.", of: OwnerLoad.shown, schema: .named("OwnerLoad")
        ) { $0.load },
        .warnings(CaseWarning.shown) { $0.new.map(CaseWarning.newName) },
    ]

    private static let remaining: [Shown<Handover>] = [
        .count("promises", "Those that were too many for one handover: another one takes them.") { $0.promisesLeft },
        .count("cases", "The same of cases.") { $0.casesLeft },
        .count("accepted", "Promises that do not come back, as they were accepted since.") { $0.accepted },
    ]

    private var notice: String? {
        let stays =
            accepted == 0
            ? nil
            : "\(from) has accepted \(accepted) of these promises since: they hand them over themselves, or a manager does."
        let isNothing =
            seq == nil
            ? "Nothing has changed, and no entry was written: \(only == nil ? "" : "of that handover ")\(from) has nothing left."
            : nil
        return stays ?? isNothing
    }
}
