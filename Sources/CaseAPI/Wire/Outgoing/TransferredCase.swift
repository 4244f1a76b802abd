import CaseStore
import Complaints

/// What a case that was found to be a duplicate is answered with: the case, and what went on in the other one.
struct TransferredCase {
    let file: CaseView
    let promises: [PromiseView]

    init(_ committed: CommittedTransfer, at now: Instant) {
        file = CaseView(committed.duplicate, at: now)
        let summary = committed.other.file.record.summary
        promises = committed.promises.map { PromiseView($0, of: summary, at: now) }
    }

    static let shown: [Shown<TransferredCase>] =
        .of(CaseView.shown) { $0.file } + [
            .objects(
                "transferred", "What was not settled in it, as it goes on in the other case.", of: PromiseView.shown,
                schema: .named("CasePromise")
            ) { $0.promises }
        ]
}
