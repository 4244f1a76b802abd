import CaseStore
import Complaints

/// A customer who was erased, with where their words still stand.
struct ErasedCustomer: Sendable {
    let customer: CustomerRecord
    let traces: [ErasureTrace]

    static let shown: [Shown<ErasedCustomer>] =
        .of(CustomerRecord.shown) { $0.customer } + [.warnings(ErasureTrace.shown) { $0.traces }]
}

extension ErasureTrace {
    static let shown: [Shown<ErasureTrace>] = [
        .word("code") { $0.code },
        .text("detail", "What stands where, for how long, and how it goes sooner.") { $0.detail },
    ]
}
